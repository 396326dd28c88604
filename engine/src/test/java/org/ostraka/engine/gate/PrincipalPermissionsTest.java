package org.ostraka.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.directory.Directory;
import org.ostraka.engine.directory.DirectoryKeys;
import org.ostraka.engine.directory.SecretSeal;
import org.ostraka.engine.directory.Standings;
import org.ostraka.engine.directory.TestDirectory;
import org.ostraka.identity.directory.AccessKeyEntries;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Groups;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.Identities;
import org.ostraka.identity.directory.ManagedPolicies;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.directory.Roles;
import org.ostraka.identity.directory.Users;
import org.ostraka.identity.session.SessionCredentials;
import org.ostraka.identity.session.Sessions;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.Secret;
import org.ostraka.identity.wire.PolicyTexts;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.Tags;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.ListTables;
import org.ostraka.model.operation.PutResourcePolicy;

/** Users, roles and sessions of a directory at the gate: who may do what, and when that changes. */
final class PrincipalPermissionsTest {
  private static final Owner OWNER = TestEngine.CALLER.owner();
  private static final AccountId HOME = OWNER.account();
  private static final AccountId AWAY = new AccountId("222222222222");
  private static final Principal ADMIN = new Principal.AccessKey("admin");
  private static final String TABLE_ARN = "arn:aws:dynamodb:eu-central-1:000000000000:table/orders";
  private static final Instant NOW = TestEngine.START;

  private final TestEngine engine = new TestEngine();
  private final Directory directory = TestDirectory.open(engine);
  private final NewIds ids = new NewIds(new SplittableRandom(5));
  private final Sessions sessions =
      new Sessions(new SecretSeal(engine.store(), TestDirectory.masterKey(1)), ids, engine.clock());
  private final DirectoryKeys keys = new DirectoryKeys(directory, sessions);
  private final Engine operations =
      engine.operations(
          EnginePorts.standard(engine.clock())
              .withPermissions(new AccountPermissions(engine.clock(), Standings.of(directory))));

  @BeforeEach
  void createTable() {
    engine.create("orders");
    engine.put("orders", "1");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void change(AccountId account, UnaryOperator<Account> change) {
    directory.change(ADMIN, account, change);
  }

  private Head head(EntityKind kind, String name) {
    return new Head(name, "/", ids.entity(kind), NOW);
  }

  /** Adds a user and returns the id of its access key. */
  private String user(AccountId account, String name) {
    String key = ids.accessKey();
    change(
        account,
        before -> {
          Account after =
              Users.create(before, head(EntityKind.USER, name), Tags.NONE, Optional.empty());
          return AccessKeyEntries.create(
              after,
              new AccessKeyEntry(
                  key,
                  Optional.of(Users.require(after, name).head().id()),
                  new Secret("secret-of-" + name),
                  true,
                  NOW));
        });
    return key;
  }

  private void policy(AccountId account, EntityKind kind, String name, String policy, String text) {
    change(account, before -> Identities.putPolicy(before, kind, name, policy, document(text)));
  }

  private static PolicyText document(String statement) {
    return PolicyTexts.read("{\"Statement\":" + statement + "}", PolicyUse.IDENTITY);
  }

  private static String statement(String effect, String action, String resource) {
    return "{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
        .formatted(effect, action, resource);
  }

  private Caller caller(String keyId) {
    return caller(keys.find(keyId, Optional.empty()).orElseThrow());
  }

  private static Caller caller(AccessKey key) {
    return new Caller(key.principal(), new Owner(key.account(), OWNER.region()), key.details());
  }

  private Caller assumed(String role, List<String> policies, Tags tags) {
    Account account = directory.account(HOME);
    String roleId = Roles.require(account, role).head().id();
    SessionCredentials issued =
        sessions.issue(
            HOME,
            key -> new Principal.RoleSession(HOME, key, roleId, "/", role, "build"),
            Duration.ofHours(1),
            tags,
            policies);
    return caller(
        keys.find(issued.accessKeyId(), Optional.of(issued.token().reveal())).orElseThrow());
  }

  private void role(String name) {
    change(
        HOME,
        before ->
            Roles.create(
                before,
                head(EntityKind.ROLE, name),
                PolicyTexts.read(
                    "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}",
                    PolicyUse.TRUST),
                "",
                Optional.empty(),
                Tags.NONE,
                Optional.empty()));
  }

  private void get(Caller caller, String table) {
    var _ =
        operations
            .getItem()
            .handle(
                caller,
                new GetItem.Request(
                    table,
                    TestEngine.item("1"),
                    null,
                    null,
                    null,
                    true,
                    ReturnConsumedCapacity.NONE));
  }

  private void allowed(Caller caller) {
    assertThatCode(() -> get(caller, TABLE_ARN)).doesNotThrowAnyException();
  }

  private void denied(Caller caller, String message) {
    assertThatThrownBy(() -> get(caller, TABLE_ARN))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(message);
  }

  private static String missing(String arn, String kind) {
    return "User: %s is not authorized to perform: dynamodb:GetItem on resource: %s because no %s allows the dynamodb:GetItem action"
        .formatted(arn, TABLE_ARN, kind);
  }

  @Test
  void aUserMayDoWhatItsPoliciesAllowFromTheNextRequestOn() {
    Caller bob = caller(user(HOME, "bob"));
    denied(bob, missing("arn:aws:iam::000000000000:user/bob", "identity-based policy"));
    policy(HOME, EntityKind.USER, "bob", "read", statement("Allow", "dynamodb:GetItem", TABLE_ARN));
    allowed(bob);
    assertThatThrownBy(
            () -> operations.listTables().handle(bob, new ListTables.Request(null, null)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(
            "User: arn:aws:iam::000000000000:user/bob is not authorized to perform:"
                + " dynamodb:ListTables on resource: * because no identity-based policy allows the"
                + " dynamodb:ListTables action");
    policy(HOME, EntityKind.USER, "bob", "list", statement("Allow", "dynamodb:List*", "*"));
    assertThat(operations.listTables().handle(bob, new ListTables.Request(null, null)).tables())
        .hasSize(1);
    policy(HOME, EntityKind.USER, "bob", "no", statement("Deny", "*", "*"));
    denied(
        bob,
        "User: arn:aws:iam::000000000000:user/bob is not authorized to perform: dynamodb:GetItem"
            + " on resource: "
            + TABLE_ARN
            + " with an explicit deny in an identity-based policy");
  }

  @Test
  void aUserHasThePoliciesOfItsGroupsAndThoseAttached() {
    Caller bob = caller(user(HOME, "bob"));
    change(HOME, before -> Groups.create(before, head(EntityKind.GROUP, "readers")));
    policy(HOME, EntityKind.GROUP, "readers", "read", statement("Allow", "dynamodb:Get*", "*"));
    change(HOME, before -> Users.addToGroup(before, "bob", "readers"));
    allowed(bob);
    change(HOME, before -> Users.removeFromGroup(before, "bob", "readers"));
    denied(bob, missing("arn:aws:iam::000000000000:user/bob", "identity-based policy"));
    String arn = "arn:aws:iam::000000000000:policy/reading";
    change(
        HOME,
        before ->
            ManagedPolicies.create(
                before,
                head(EntityKind.POLICY, "reading"),
                "",
                document(statement("Allow", "dynamodb:*", "*")),
                Tags.NONE));
    change(HOME, before -> Identities.attach(before, EntityKind.USER, "bob", arn));
    allowed(bob);
    change(
        HOME,
        before ->
            ManagedPolicies.createVersion(
                before, arn, document(statement("Allow", "s3:*", "*")), true, NOW));
    denied(bob, missing("arn:aws:iam::000000000000:user/bob", "identity-based policy"));
  }

  @Test
  void aBoundaryLimitsAndOneThatIsGoneAllowsNothing() {
    Caller bob = caller(user(HOME, "bob"));
    policy(HOME, EntityKind.USER, "bob", "all", statement("Allow", "*", "*"));
    directory.declare(
        "iam.json",
        List.of(
            ManagedPolicies.create(
                new Account(HOME),
                head(EntityKind.POLICY, "limit"),
                "",
                document(statement("Allow", "dynamodb:*", "*")),
                Tags.NONE)));
    change(
        HOME,
        before ->
            Identities.setBoundary(
                before,
                EntityKind.USER,
                "bob",
                Optional.of("arn:aws:iam::000000000000:policy/limit")));
    allowed(bob);
    directory.declare("iam.json", List.of());
    denied(bob, missing("arn:aws:iam::000000000000:user/bob", "permissions boundary"));
  }

  @Test
  void aSessionHasTheRolesPoliciesWithinItsOwn() {
    role("writer");
    policy(
        HOME,
        EntityKind.ROLE,
        "writer",
        "all",
        """
        {"Effect":"Allow","Action":"dynamodb:*","Resource":"*",
         "Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"}}}\
        """);
    Tags blue = new Tags(Map.of("team", "blue"));
    allowed(assumed("writer", List.of(), blue));
    String arn = "arn:aws:sts::000000000000:assumed-role/writer/build";
    denied(assumed("writer", List.of(), Tags.NONE), missing(arn, "identity-based policy"));
    denied(
        assumed(
            "writer",
            List.of("{\"Statement\":" + statement("Allow", "dynamodb:PutItem", "*") + "}"),
            blue),
        missing(arn, "session policy"));
    Caller caller = assumed("writer", List.of(), blue);
    change(HOME, before -> Identities.deletePolicy(before, EntityKind.ROLE, "writer", "all"));
    denied(caller, missing(arn, "identity-based policy"));
  }

  @Test
  void theKeyOfASessionEndsWithItsRole() {
    role("writer");
    String roleId = Roles.require(directory.account(HOME), "writer").head().id();
    SessionCredentials issued =
        sessions.issue(
            HOME,
            key -> new Principal.RoleSession(HOME, key, roleId, "/", "writer", "build"),
            Duration.ofHours(1),
            Tags.NONE,
            List.of());
    Optional<String> token = Optional.of(issued.token().reveal());
    assertThat(keys.find(issued.accessKeyId(), token)).isPresent();
    assertThat(keys.find(issued.accessKeyId(), Optional.empty())).isEmpty();
    change(HOME, before -> Roles.delete(before, "writer"));
    role("writer");
    assertThat(keys.find(issued.accessKeyId(), token)).isEmpty();
  }

  @Test
  void anotherAccountNeedsBothPolicies() {
    Caller amy = caller(user(AWAY, "amy"));
    denied(amy, "Access is denied");
    resourcePolicy("arn:aws:iam::222222222222:user/amy");
    denied(amy, missing("arn:aws:iam::222222222222:user/amy", "identity-based policy"));
    policy(AWAY, EntityKind.USER, "amy", "read", statement("Allow", "dynamodb:*", "*"));
    allowed(amy);
    resourcePolicy("arn:aws:iam::222222222222:user/eve");
    denied(amy, missing("arn:aws:iam::222222222222:user/amy", "resource-based policy"));
  }

  private void resourcePolicy(String principal) {
    var _ =
        operations
            .putResourcePolicy()
            .handle(
                TestEngine.CALLER,
                new PutResourcePolicy.Request(
                    TABLE_ARN,
                    """
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"%s"},
                     "Action":"dynamodb:GetItem","Resource":"%s"}}\
                    """
                        .formatted(principal, TABLE_ARN),
                    null,
                    false));
  }

  @Test
  void keysThatAreDisabledOrDeletedAreNone() {
    String key = user(HOME, "bob");
    Caller bob = caller(key);
    policy(HOME, EntityKind.USER, "bob", "all", statement("Allow", "*", "*"));
    change(HOME, before -> AccessKeyEntries.setActive(before, Optional.of("bob"), key, false));
    assertThat(keys.find(key, Optional.empty())).isEmpty();
    change(HOME, before -> AccessKeyEntries.setActive(before, Optional.of("bob"), key, true));
    assertThat(keys.find(key, Optional.empty())).isPresent();
    change(HOME, before -> AccessKeyEntries.delete(before, Optional.of("bob"), key));
    assertThat(keys.find(key, Optional.empty())).isEmpty();
    allowed(bob);
    change(
        HOME,
        before ->
            Users.delete(Identities.deletePolicy(before, EntityKind.USER, "bob", "all"), "bob"));
    Collection<String> again = List.of(user(HOME, "bob"));
    policy(HOME, EntityKind.USER, "bob", "all", statement("Allow", "*", "*"));
    denied(bob, missing("arn:aws:iam::000000000000:user/bob", "identity-based policy"));
    again.forEach(other -> allowed(caller(other)));
  }
}

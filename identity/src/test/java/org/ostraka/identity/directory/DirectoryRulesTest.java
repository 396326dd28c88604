package org.ostraka.identity.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.ostraka.identity.directory.DirectoryException.Code;
import org.ostraka.identity.signature.Secret;
import org.ostraka.identity.wire.PolicyTexts;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.Tags;

/**
 * The rules of the directory. Limits and the forms of names and ids: "IAM and AWS STS quotas" and
 * "IAM identifiers" in the IAM User Guide. Texts of errors are the service's, as issues of its
 * users quote them; those without a source are marked.
 */
final class DirectoryRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final AccountId ID = new AccountId("111122223333");
  private static final String ARN = "arn:aws:iam::111122223333:policy/reading";

  private final NewIds ids = new NewIds(new SplittableRandom(1));
  private final Account empty = new Account(ID);

  private Head head(EntityKind kind, String name) {
    return new Head(name, "/", ids.entity(kind), NOW);
  }

  private Account user(Account account, String name) {
    return Users.create(account, head(EntityKind.USER, name), Tags.NONE, Optional.empty());
  }

  private Account group(Account account, String name) {
    return Groups.create(account, head(EntityKind.GROUP, name));
  }

  private Account policy(Account account, String name) {
    return ManagedPolicies.create(
        account, head(EntityKind.POLICY, name), "", allowing("dynamodb:GetItem"), Tags.NONE);
  }

  private Account role(Account account, String name, Optional<Duration> session) {
    return Roles.create(
        account,
        head(EntityKind.ROLE, name),
        PolicyTexts.read(
            "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}",
            PolicyUse.TRUST),
        "",
        session,
        Tags.NONE,
        Optional.empty());
  }

  private static PolicyText allowing(String action) {
    return PolicyTexts.read(
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"*\"}}",
        PolicyUse.IDENTITY);
  }

  private AccessKeyEntry key(Account account, String user) {
    return new AccessKeyEntry(
        ids.accessKey(),
        Optional.of(Users.require(account, user).head().id()),
        new Secret(ids.secret()),
        true,
        NOW);
  }

  private static void refused(Code code, String message, ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            DirectoryException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessage(message);
  }

  private static Account repeat(Account account, int times, UnaryOperator<Account> change) {
    Account result = account;
    for (int i = 0; i < times; i++) {
      result = change.apply(result);
    }
    return result;
  }

  @Test
  void idsHaveTheServicesForms() {
    assertThat(ids.entity(EntityKind.USER)).matches("AIDA[A-Z2-7]{17}");
    assertThat(ids.entity(EntityKind.GROUP)).matches("AGPA[A-Z2-7]{17}");
    assertThat(ids.entity(EntityKind.ROLE)).matches("AROA[A-Z2-7]{17}");
    assertThat(ids.entity(EntityKind.POLICY)).matches("ANPA[A-Z2-7]{17}");
    assertThat(ids.accessKey()).matches("AKIA[A-Z2-7]{16}");
    assertThat(ids.sessionKey()).matches("ASIA[A-Z2-7]{16}");
    assertThat(ids.secret()).matches("[A-Za-z0-9/+]{40}");
  }

  @Test
  void arnsHaveThePath() {
    Account account =
        Users.create(
            empty, new Head("bob", "/sales/eu/", "AIDA1", NOW), Tags.NONE, Optional.empty());
    assertThat(Users.require(account, "bob").arn(ID))
        .isEqualTo("arn:aws:iam::111122223333:user/sales/eu/bob");
    assertThat(policy(empty, "reading").policy(ARN)).isPresent();
  }

  /** Text: ucopacme/aws-orgs issue 12; the role's: terraform-aws-modules/terraform-aws-ecs 363. */
  @Test
  void namesAreUniqueWithoutRegardToCase() {
    refused(
        Code.ENTITY_ALREADY_EXISTS,
        "User with name BOB already exists.",
        () -> user(user(empty, "bob"), "BOB"));
    refused(
        Code.ENTITY_ALREADY_EXISTS,
        "Role with name Bob already exists.",
        () -> role(role(empty, "bob", Optional.empty()), "Bob", Optional.empty()));
    assertThat(group(user(empty, "bob"), "bob").groups()).hasSize(1);
  }

  /** Text: pulumi/pulumi-aws issue 1044. */
  @Test
  void policiesAreUniqueWhateverTheirPaths() {
    refused(
        Code.ENTITY_ALREADY_EXISTS,
        "A policy called reading already exists. Duplicate names are not allowed.",
        () ->
            ManagedPolicies.create(
                policy(empty, "reading"),
                new Head("reading", "/other/", "ANPA1", NOW),
                "",
                allowing("s3:*"),
                Tags.NONE));
  }

  /** Text: ansible/ansible issue 45593. */
  @Test
  void whatIsMissingIsNamed() {
    refused(
        Code.NO_SUCH_ENTITY,
        "The user with name bob cannot be found.",
        () -> Users.delete(empty, "bob"));
    refused(
        Code.NO_SUCH_ENTITY,
        "The role with name bob cannot be found.",
        () -> Roles.delete(empty, "bob"));
    refused(
        Code.NO_SUCH_ENTITY,
        "Policy " + ARN + " was not found.",
        () -> ManagedPolicies.delete(empty, ARN));
    refused(
        Code.NO_SUCH_ENTITY,
        "Policy " + ARN + " does not exist or is not attachable.",
        () -> Identities.attach(user(empty, "bob"), EntityKind.USER, "bob", ARN));
  }

  @Test
  void namesHaveRules() {
    for (String name : List.of("", "b b", "a/b", "ü", "x".repeat(65))) {
      assertThatThrownBy(() -> user(empty, name))
          .isInstanceOfSatisfying(
              DirectoryException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(Code.VALIDATION_ERROR));
    }
    assertThat(user(empty, "a_+=,.@-Z9" + "x".repeat(54)).users()).hasSize(1);
    assertThat(group(empty, "x".repeat(128)).groups()).hasSize(1);
    for (String path : List.of("", "a", "/a", "a/", "/a b/", "/" + "x".repeat(511) + "/")) {
      assertThatThrownBy(() -> Groups.create(empty, new Head("g", path, "AGPA1", NOW)))
          .isInstanceOf(DirectoryException.class);
    }
  }

  /** Texts: ansible/ansible 22832, aws-orbit-workbench 633, aws-controllers-k8s/community 2229. */
  @Test
  void whatIsInUseStays() {
    Account bob = policy(group(user(empty, "bob"), "all"), "reading");
    refused(
        Code.DELETE_CONFLICT,
        "Cannot delete entity, must detach all policies first.",
        () -> Users.delete(Identities.attach(bob, EntityKind.USER, "bob", ARN), "bob"));
    refused(
        Code.DELETE_CONFLICT,
        "Cannot delete entity, must delete policies first.",
        () ->
            Users.delete(
                Identities.putPolicy(bob, EntityKind.USER, "bob", "p", allowing("s3:*")), "bob"));
    refused(
        Code.DELETE_CONFLICT,
        "Cannot delete entity, must delete access keys first.",
        () -> Users.delete(AccessKeyEntries.create(bob, key(bob, "bob")), "bob"));
    refused(
        Code.DELETE_CONFLICT,
        "Cannot delete entity, must remove users from group first.",
        () -> Groups.delete(Users.addToGroup(bob, "bob", "all"), "all"));
  }

  /** Text: rebuy-de/aws-nuke issue 294; a boundary counts: gruntwork-io/cloud-nuke issue 972. */
  @Test
  void aPolicyThatIsInUseStays() {
    Account bob = policy(user(empty, "bob"), "reading");
    for (Account used :
        List.of(
            Identities.attach(bob, EntityKind.USER, "bob", ARN),
            Identities.setBoundary(bob, EntityKind.USER, "bob", Optional.of(ARN)))) {
      refused(
          Code.DELETE_CONFLICT,
          "Cannot delete a policy attached to entities.",
          () -> ManagedPolicies.delete(used, ARN));
    }
    assertThat(ManagedPolicies.delete(bob, ARN).policies()).isEmpty();
  }

  /** Text: simonw/s3-credentials issue 64, where an inactive key counts too. */
  @Test
  void aUserHasTwoAccessKeys() {
    Account bob = user(empty, "bob");
    AccessKeyEntry first = key(bob, "bob");
    Account two =
        AccessKeyEntries.setActive(
            AccessKeyEntries.create(AccessKeyEntries.create(bob, first), key(bob, "bob")),
            Optional.of("bob"),
            first.id(),
            false);
    refused(
        Code.LIMIT_EXCEEDED,
        "Cannot exceed quota for AccessKeysPerUser: 2",
        () -> AccessKeyEntries.create(two, key(bob, "bob")));
    refused(
        Code.NO_SUCH_ENTITY,
        "The Access Key with id " + first.id() + " cannot be found.",
        () -> AccessKeyEntries.delete(two, Optional.empty(), first.id()));
    assertThat(AccessKeyEntries.delete(two, Optional.of("bob"), first.id()).accessKeys())
        .hasSize(1);
  }

  @Test
  void limitsAreTheServices() {
    Account many = user(empty, "bob");
    for (int i = 0; i < 11; i++) {
      many = policy(group(many, "g" + i), "p" + i);
    }
    Account ten = many;
    for (int i = 0; i < 10; i++) {
      ten = Users.addToGroup(ten, "bob", "g" + i);
      ten =
          Identities.attach(ten, EntityKind.USER, "bob", "arn:aws:iam::111122223333:policy/p" + i);
    }
    Account full = ten;
    refused(
        Code.LIMIT_EXCEEDED,
        "Cannot exceed quota for GroupsPerUser: 10",
        () -> Users.addToGroup(full, "bob", "g10"));
    refused(
        Code.LIMIT_EXCEEDED,
        "Cannot exceed quota for PoliciesPerUser: 10",
        () ->
            Identities.attach(
                full, EntityKind.USER, "bob", "arn:aws:iam::111122223333:policy/p10"));
    assertThat(
            Identities.attach(full, EntityKind.USER, "bob", "arn:aws:iam::111122223333:policy/p0"))
        .isEqualTo(full);
  }

  @Test
  void anAccountHas300Groups() {
    Account full = empty;
    for (int i = 0; i < 300; i++) {
      full = group(full, "g" + i);
    }
    Account all = full;
    refused(
        Code.LIMIT_EXCEEDED,
        "Cannot exceed quota for GroupsPerAccount: 300",
        () -> group(all, "one-more"));
  }

  @Test
  void embeddedPoliciesHaveALimitTogetherWithoutTheirWhiteSpace() {
    Account bob = user(empty, "bob");
    String half = "s3:" + "x".repeat(940);
    Account one = Identities.putPolicy(bob, EntityKind.USER, "bob", "a", allowing(half));
    Account two =
        Identities.putPolicy(
            one,
            EntityKind.USER,
            "bob",
            "b",
            PolicyTexts.read(" ".repeat(3_000) + allowing(half).text(), PolicyUse.IDENTITY));
    assertThatThrownBy(
            () -> Identities.putPolicy(two, EntityKind.USER, "bob", "c", allowing("s3:Get")))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(Code.LIMIT_EXCEEDED));
    assertThat(Identities.putPolicy(two, EntityKind.USER, "bob", "a", allowing("s3:Get")).users())
        .hasSize(1);
  }

  @Test
  void aPolicyHasFiveVersionsWhoseNumbersAreNeverUsedAgain() {
    Account five =
        repeat(
            policy(empty, "reading"),
            4,
            account -> ManagedPolicies.createVersion(account, ARN, allowing("s3:*"), true, NOW));
    refused(
        Code.LIMIT_EXCEEDED,
        "A managed policy can have up to 5 versions. Before you create a new version, you must"
            + " delete an existing version.",
        () -> ManagedPolicies.createVersion(five, ARN, allowing("s3:*"), false, NOW));
    refused(
        Code.DELETE_CONFLICT,
        "Cannot delete the default version of a policy.",
        () -> ManagedPolicies.deleteVersion(five, ARN, 5, NOW));
    Account next =
        ManagedPolicies.createVersion(
            ManagedPolicies.deleteVersion(
                ManagedPolicies.setDefaultVersion(five, ARN, 2, NOW), ARN, 5, NOW),
            ARN,
            allowing("s3:*"),
            false,
            NOW);
    ManagedPolicy policy = next.policy(ARN).orElseThrow();
    assertThat(policy.versions()).containsOnlyKeys(1, 2, 3, 4, 6);
    assertThat(policy.defaultVersion()).isEqualTo(2);
  }

  @Test
  void aUserKeepsKeysAndGroupsUnderAnotherName() {
    Account bob = Users.addToGroup(group(user(empty, "bob"), "all"), "bob", "all");
    AccessKeyEntry key = key(bob, "bob");
    Account changed =
        Users.update(
            AccessKeyEntries.create(bob, key), "bob", Optional.of("rob"), Optional.of("/x/"));
    User rob = Users.require(changed, "rob");
    assertThat(changed.user("bob")).isEmpty();
    assertThat(changed.accessKeys(Optional.of(rob))).containsExactly(key);
    assertThat(changed.groups(rob)).hasSize(1);
    refused(
        Code.ENTITY_ALREADY_EXISTS,
        "User with name amy already exists.",
        () -> Users.update(user(changed, "amy"), "rob", Optional.of("amy"), Optional.empty()));
    assertThat(Users.update(changed, "rob", Optional.of("Rob"), Optional.empty()).user("rob"))
        .isPresent();
  }

  @Test
  void aSessionOfARoleLastsOneToTwelveHours() {
    assertThat(role(empty, "r", Optional.empty()).role("r").orElseThrow().maxSession())
        .isEqualTo(Duration.ofHours(1));
    for (Duration wrong : List.of(Duration.ofSeconds(3_599), Duration.ofSeconds(43_201))) {
      assertThatThrownBy(() -> role(empty, "r", Optional.of(wrong)))
          .isInstanceOf(DirectoryException.class);
    }
  }

  @Test
  void tagsHaveRules() {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 51; i++) {
      many.put("k" + i, "v");
    }
    Account bob = user(empty, "bob");
    for (Tags wrong :
        List.of(
            new Tags(many),
            new Tags(Map.of("", "v")),
            new Tags(Map.of("aws:x", "v")),
            new Tags(Map.of("k", "v".repeat(257))))) {
      assertThatThrownBy(() -> Identities.tag(bob, EntityKind.USER, "bob", wrong))
          .isInstanceOf(DirectoryException.class);
    }
    Account tagged =
        Identities.tag(bob, EntityKind.USER, "bob", new Tags(Map.of("team", "a", "x", "y")));
    assertThat(
            Identities.untag(tagged, EntityKind.USER, "bob", List.of("x"))
                .user("bob")
                .orElseThrow()
                .tags())
        .isEqualTo(new Tags(Map.of("team", "a")));
  }
}

package org.ostraka.identity.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ostraka.identity.directory.AccessKeyEntries;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Groups;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.Identities;
import org.ostraka.identity.directory.IdentityProvider;
import org.ostraka.identity.directory.IdentityProviders;
import org.ostraka.identity.directory.ManagedPolicies;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.directory.Roles;
import org.ostraka.identity.directory.Users;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.AccountId;

/**
 * Reads a file of accounts: see {@code docs/iam-file.md}. The rules are those of the API. Unique
 * ids follow from names, so that they stay the same when the file is read again. One use, one
 * thread.
 */
public final class DirectoryFile {
  private static final String PATH = "Path";
  private static final String DESCRIPTION = "Description";
  private static final String TAGS = "Tags";
  private static final String INLINE = "InlinePolicies";
  private static final String ATTACHED = "ManagedPolicies";
  private static final String BOUNDARY = "PermissionsBoundary";
  private static final String ACCESS_KEYS = "AccessKeys";
  private static final String GROUPS = "Groups";
  private static final String POLICIES = "Policies";
  private static final String USERS = "Users";
  private static final String ROLES = "Roles";
  private static final String PROVIDERS = "OidcProviders";
  private static final String TRUST = "TrustPolicy";
  private static final String MAX_SESSION = "MaxSessionDuration";
  private static final String DOCUMENT = "Document";
  private static final String CLIENT_IDS = "ClientIds";
  private static final String THUMBPRINTS = "Thumbprints";
  private static final String JWKS = "Jwks";
  private static final String KEY_ID = "AccessKeyId";
  private static final String SECRET = "Secret";
  private static final String SECRET_FILE = "SecretFile";
  private static final String SECRET_VARIABLE = "SecretVariable";
  private static final String ACTIVE = "Active";
  private static final String HTTPS = "https://";

  private final SecretSource secrets;
  private final Instant created;
  private Account account;

  private DirectoryFile(AccountId id, SecretSource secrets, Instant created) {
    this.account = new Account(id);
    this.secrets = secrets;
    this.created = created;
  }

  /**
   * Reads the accounts of a file.
   *
   * @param created when everything in it was created
   * @throws DirectoryFileException when it breaks a rule
   */
  public static List<Account> read(String text, SecretSource secrets, Instant created) {
    List<Account> accounts = new ArrayList<>();
    JsonMembers root = JsonMembers.of(JsonTree.readFile(text)).requireKnown(Set.of("Accounts"));
    root.objects("Accounts")
        .forEach((id, node) -> {
          if (!AccountId.isLegal(id)) {
            throw DirectoryFileException.at(node, "an account id has twelve digits: " + id);
          }
          accounts.add(
              new DirectoryFile(new AccountId(id), secrets, created).account(JsonMembers.of(node)));
        });
    return accounts;
  }

  private Account account(JsonMembers members) {
    members.requireKnown(Set.of(ACCESS_KEYS, POLICIES, GROUPS, USERS, ROLES, PROVIDERS));
    members.objects(POLICIES).forEach(this::policy);
    members.objects(GROUPS).forEach(this::group);
    members.objects(USERS).forEach(this::user);
    members.objects(ROLES).forEach(this::role);
    members.objects(PROVIDERS).forEach(this::provider);
    members.list(ACCESS_KEYS).forEach(key -> accessKey(key, Optional.empty()));
    return account;
  }

  private void policy(String name, JsonNode node) {
    JsonMembers members =
        JsonMembers.of(node).requireKnown(Set.of(PATH, DESCRIPTION, TAGS, DOCUMENT));
    PolicyText policy = document(members.required(DOCUMENT), PolicyUse.IDENTITY);
    change(
        node,
        () ->
            ManagedPolicies.create(
                account,
                head(EntityKind.POLICY, name, members),
                members.text(DESCRIPTION).orElse(""),
                policy,
                members.tags()));
  }

  private void group(String name, JsonNode node) {
    JsonMembers members = JsonMembers.of(node).requireKnown(Set.of(PATH, INLINE, ATTACHED));
    change(node, () -> Groups.create(account, head(EntityKind.GROUP, name, members)));
    policies(EntityKind.GROUP, name, members);
  }

  private void user(String name, JsonNode node) {
    JsonMembers members =
        JsonMembers.of(node)
            .requireKnown(Set.of(PATH, TAGS, BOUNDARY, INLINE, ATTACHED, GROUPS, ACCESS_KEYS));
    Head head = head(EntityKind.USER, name, members);
    change(node, () -> Users.create(account, head, members.tags(), boundary(members)));
    policies(EntityKind.USER, name, members);
    for (JsonNode group : members.list(GROUPS)) {
      change(group, () -> Users.addToGroup(account, name, JsonMembers.text(group)));
    }
    members.list(ACCESS_KEYS).forEach(key -> accessKey(key, Optional.of(head.id())));
  }

  private void role(String name, JsonNode node) {
    JsonMembers members =
        JsonMembers.of(node)
            .requireKnown(
                Set.of(PATH, TAGS, BOUNDARY, INLINE, ATTACHED, TRUST, MAX_SESSION, DESCRIPTION));
    PolicyText trust = document(members.required(TRUST), PolicyUse.TRUST);
    change(
        node,
        () ->
            Roles.create(
                account,
                head(EntityKind.ROLE, name, members),
                trust,
                members.text(DESCRIPTION).orElse(""),
                members.number(MAX_SESSION).map(Duration::ofSeconds),
                members.tags(),
                boundary(members)));
    policies(EntityKind.ROLE, name, members);
  }

  private void provider(String url, JsonNode node) {
    JsonMembers members =
        JsonMembers.of(node).requireKnown(Set.of(CLIENT_IDS, THUMBPRINTS, JWKS, TAGS));
    String issuer = url.startsWith(HTTPS) ? url.substring(HTTPS.length()) : url;
    change(
        node,
        () ->
            IdentityProviders.create(
                account,
                new IdentityProvider(
                    issuer,
                    members.texts(CLIENT_IDS),
                    members.texts(THUMBPRINTS),
                    members.text(JWKS),
                    members.tags(),
                    created)));
  }

  private void policies(EntityKind kind, String name, JsonMembers members) {
    for (Map.Entry<String, JsonNode> inline : members.objects(INLINE).entrySet()) {
      PolicyText policy = document(inline.getValue(), PolicyUse.IDENTITY);
      change(
          inline.getValue(),
          () -> Identities.putPolicy(account, kind, name, inline.getKey(), policy));
    }
    for (JsonNode attached : members.list(ATTACHED)) {
      change(
          attached,
          () -> Identities.attach(account, kind, name, policyArn(JsonMembers.text(attached))));
    }
  }

  private Optional<String> boundary(JsonMembers members) {
    return members.text(BOUNDARY).map(this::policyArn);
  }

  /** Returns the ARN of a policy that is named by its ARN, or by the name of one of the account. */
  private String policyArn(String text) {
    return account.policies().stream()
        .filter(policy -> !policy.isOfAws() && policy.head().name().equals(text))
        .map(policy -> policy.arn(account.id()))
        .findFirst()
        .orElse(text);
  }

  private void accessKey(JsonNode node, Optional<String> userId) {
    JsonMembers members =
        JsonMembers.of(node)
            .requireKnown(Set.of(KEY_ID, SECRET, SECRET_FILE, SECRET_VARIABLE, ACTIVE));
    String id = JsonMembers.text(members.required(KEY_ID));
    Secret secret = secret(members);
    boolean isActive =
        members
            .find(ACTIVE)
            .map(value ->
                value instanceof JsonNode.JsonScalar scalar && scalar.text().equals("true"))
            .orElse(true);
    change(
        node,
        () ->
            AccessKeyEntries.create(
                account, new AccessKeyEntry(id, userId, secret, isActive, created)));
  }

  private Secret secret(JsonMembers members) {
    long given =
        Set.of(SECRET, SECRET_FILE, SECRET_VARIABLE).stream()
            .filter(name -> members.find(name).isPresent())
            .count();
    if (given != 1) {
      throw DirectoryFileException.at(
          members.node(), "a key has one of Secret, SecretFile and SecretVariable");
    }
    try {
      return new Secret(
          members
              .text(SECRET)
              .or(() -> members.text(SECRET_FILE).map(secrets::file))
              .or(() -> members.text(SECRET_VARIABLE).map(secrets::variable))
              .orElseThrow());
    } catch (IllegalArgumentException unreadable) {
      throw DirectoryFileException.at(members.node(), String.valueOf(unreadable.getMessage()));
    }
  }

  private Head head(EntityKind kind, String name, JsonMembers members) {
    return new Head(
        name,
        members.text(PATH).orElse("/"),
        NewIds.derived(kind, account.id().value(), name),
        created);
  }

  private static PolicyText document(JsonNode node, PolicyUse use) {
    try {
      return PolicyTexts.read(JsonTextWriter.write(node), use);
    } catch (MalformedPolicyException malformed) {
      throw DirectoryFileException.at(node, "the policy is malformed: " + malformed.why());
    }
  }

  private void change(JsonNode node, Supplier<Account> change) {
    try {
      account = change.get();
    } catch (DirectoryException refused) {
      throw DirectoryFileException.at(node, refused.why());
    }
  }
}

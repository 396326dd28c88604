package org.ostraka.engine.directory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.ostraka.identity.directory.AccessKeyEntries;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
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
import org.ostraka.identity.wire.PolicyTexts;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.Tags;

/** Random changes of accounts, of few names so that they meet. One thread. */
final class RandomChanges {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final List<EntityKind> IDENTITIES =
      List.of(EntityKind.USER, EntityKind.GROUP, EntityKind.ROLE);

  private final RandomGenerator random;
  private final NewIds ids;

  RandomChanges(RandomGenerator random) {
    this.random = random;
    this.ids = new NewIds(random);
  }

  /** Returns a change that may be refused. */
  UnaryOperator<Account> next(AccountId account) {
    String name = name();
    String arn = "arn:aws:iam::" + account + ":policy/" + name();
    EntityKind kind = IDENTITIES.get(random.nextInt(IDENTITIES.size()));
    Tags tags = new Tags(Map.of(name(), name()));
    PolicyText policy = policy();
    return switch (random.nextInt(20)) {
      case 0, 1 -> {
        Head head = head(EntityKind.USER);
        yield before -> Users.create(before, head, tags, Optional.empty());
      }
      case 2 -> {
        Head head = head(EntityKind.GROUP);
        yield before -> Groups.create(before, head);
      }
      case 3 -> {
        Head head = head(EntityKind.ROLE);
        yield before ->
            Roles.create(before, head, trust(), name, Optional.empty(), tags, Optional.empty());
      }
      case 4 -> {
        Head head = head(EntityKind.POLICY);
        yield before -> ManagedPolicies.create(before, head, name, policy, tags);
      }
      case 5, 6 -> {
        String id = ids.accessKey();
        Secret secret = new Secret(ids.secret());
        yield before -> key(before, name, id, secret);
      }
      case 7 -> before -> Users.delete(before, name);
      case 8 -> before -> Groups.delete(before, name);
      case 9 -> before -> Roles.delete(before, name);
      case 10 -> before -> ManagedPolicies.delete(before, arn);
      case 11 -> before -> withoutKey(before, name);
      case 12 -> before -> Identities.putPolicy(before, kind, name, "p", policy);
      case 13 -> before -> Identities.deletePolicy(before, kind, name, "p");
      case 14 -> before -> Identities.attach(before, kind, name, arn);
      case 15 -> before -> Identities.detach(before, kind, name, arn);
      case 16 -> before -> Identities.setBoundary(before, EntityKind.ROLE, name, Optional.of(arn));
      case 17 ->
          before -> ManagedPolicies.createVersion(before, arn, policy, true, NOW.plusSeconds(1));
      case 18 -> renamedOrGrouped(name, name());
      default -> {
        IdentityProvider provider = provider(name, tags);
        yield before -> IdentityProviders.create(before, provider);
      }
    };
  }

  private static UnaryOperator<Account> renamedOrGrouped(String name, String other) {
    return before ->
        before.users().size() % 2 == 0
            ? Users.update(before, name, Optional.of(other), Optional.of("/" + other + "/"))
            : Users.addToGroup(before, name, other);
  }

  private static IdentityProvider provider(String name, Tags tags) {
    return new IdentityProvider(
        name + ".example.org", List.of("client"), List.of(), Optional.of("keys"), tags, NOW);
  }

  private static Account key(Account before, String user, String id, Secret secret) {
    Optional<String> userId = before.user(user).map(each -> each.head().id());
    return AccessKeyEntries.create(before, new AccessKeyEntry(id, userId, secret, true, NOW));
  }

  private static Account withoutKey(Account before, String user) {
    List<AccessKeyEntry> keys = before.accessKeys(before.user(user));
    Optional<String> owner = before.user(user).map(each -> each.head().name());
    return keys.isEmpty() ? before : AccessKeyEntries.delete(before, owner, keys.getFirst().id());
  }

  private Head head(EntityKind kind) {
    return new Head(name(), "/", ids.entity(kind), NOW);
  }

  private String name() {
    return "n" + random.nextInt(4);
  }

  private PolicyText policy() {
    return PolicyTexts.read(
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"dynamodb:"
            + name()
            + "\",\"Resource\":\"*\"}}",
        PolicyUse.IDENTITY);
  }

  private static PolicyText trust() {
    return PolicyTexts.read(
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}",
        PolicyUse.TRUST);
  }
}

package org.ostraka.identity.directory;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AccountId;

/** An account's part of the directory. Immutable. */
public final class Account {
  private final AccountId id;
  private final NavigableMap<EntityKey, Entity> entities;

  /** Makes an account with nothing in it. */
  public Account(AccountId id) {
    this(id, Collections.emptyNavigableMap());
  }

  private Account(AccountId id, NavigableMap<EntityKey, Entity> entities) {
    this.id = id;
    this.entities = Collections.unmodifiableNavigableMap(entities);
  }

  public AccountId id() {
    return id;
  }

  /** Returns everything that the account has, by kind and name. */
  public NavigableMap<EntityKey, Entity> entities() {
    return entities;
  }

  /** Returns the account with an entity, which replaces the one of the same key. */
  public Account with(Entity entity) {
    NavigableMap<EntityKey, Entity> changed = new TreeMap<>(entities);
    changed.put(entity.key(), entity);
    return new Account(id, changed);
  }

  /** Returns the account with these entities, which replace those of the same keys. */
  public Account withAll(Map<EntityKey, Entity> others) {
    NavigableMap<EntityKey, Entity> changed = new TreeMap<>(entities);
    changed.putAll(others);
    return new Account(id, changed);
  }

  /** Returns the account without an entity. */
  public Account without(EntityKey key) {
    NavigableMap<EntityKey, Entity> changed = new TreeMap<>(entities);
    changed.remove(key);
    return new Account(id, changed);
  }

  public Optional<User> user(String name) {
    return find(EntityKey.of(EntityKind.USER, name), User.class);
  }

  public Optional<Group> group(String name) {
    return find(EntityKey.of(EntityKind.GROUP, name), Group.class);
  }

  public Optional<Role> role(String name) {
    return find(EntityKey.of(EntityKind.ROLE, name), Role.class);
  }

  public Optional<AccessKeyEntry> accessKey(String keyId) {
    return find(AccessKeyEntry.key(keyId), AccessKeyEntry.class);
  }

  /** Returns the provider of an issuer, which is named without {@code https://}. */
  public Optional<IdentityProvider> provider(String url) {
    return find(EntityKey.of(EntityKind.PROVIDER, url), IdentityProvider.class);
  }

  /** Returns the managed policy with this ARN, which is the account's or AWS's. */
  public Optional<ManagedPolicy> policy(String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return Stream.of(false, true)
        .flatMap(isOfAws -> find(ManagedPolicy.key(isOfAws, name), ManagedPolicy.class).stream())
        .filter(policy -> policy.arn(id).equals(arn))
        .findFirst();
  }

  public List<User> users() {
    return all(EntityKind.USER, User.class);
  }

  public List<Group> groups() {
    return all(EntityKind.GROUP, Group.class);
  }

  public List<Role> roles() {
    return all(EntityKind.ROLE, Role.class);
  }

  /** Returns the managed policies, with those of AWS. */
  public List<ManagedPolicy> policies() {
    return all(EntityKind.POLICY, ManagedPolicy.class);
  }

  public List<IdentityProvider> providers() {
    return all(EntityKind.PROVIDER, IdentityProvider.class);
  }

  public List<AccessKeyEntry> accessKeys() {
    return all(EntityKind.ACCESS_KEY, AccessKeyEntry.class);
  }

  /** Returns the access keys of a user, or of the root user when none is named. */
  public List<AccessKeyEntry> accessKeys(Optional<User> user) {
    Optional<String> userId = user.map(each -> each.head().id());
    return accessKeys().stream().filter(key -> key.userId().equals(userId)).toList();
  }

  /** Returns the groups of a user. */
  public List<Group> groups(User user) {
    return groups().stream().filter(group -> user.groups().contains(group.head().id())).toList();
  }

  /** Returns the users, groups and roles. */
  public List<Identity> identities() {
    return Stream.<Identity>concat(
            Stream.concat(users().stream(), groups().stream()), roles().stream())
        .toList();
  }

  private <E extends Entity> Optional<E> find(EntityKey key, Class<E> type) {
    return Optional.ofNullable(entities.get(key)).map(type::cast);
  }

  private <E extends Entity> List<E> all(EntityKind kind, Class<E> type) {
    return entities.tailMap(new EntityKey(kind, ""), true).values().stream()
        .takeWhile(entity -> entity.key().kind() == kind)
        .map(type::cast)
        .toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Account account
        && id.equals(account.id)
        && entities.equals(account.entities);
  }

  @Override
  public int hashCode() {
    return entities.hashCode();
  }

  @Override
  public String toString() {
    return id + " " + entities.keySet();
  }
}

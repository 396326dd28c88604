package org.ostraka.identity.directory;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ostraka.model.AccountId;
import org.ostraka.model.Tags;

/**
 * A managed policy. Immutable.
 *
 * @param isOfAws whether AWS manages it, so that every account has it and none can change it
 * @param versions by their numbers
 * @param defaultVersion the number of the version that counts
 * @param lastVersion the number of the newest version that there ever was
 */
public record ManagedPolicy(
    Head head,
    boolean isOfAws,
    String description,
    Tags tags,
    Instant updated,
    SortedMap<Integer, Version> versions,
    int defaultVersion,
    int lastVersion)
    implements Entity {
  private static final String AWS = "aws";

  /** One version of a policy. */
  public record Version(PolicyText policy, Instant created) {}

  public ManagedPolicy {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    if (!versions.containsKey(defaultVersion) || versions.lastKey() > lastVersion) {
      throw new IllegalArgumentException("the default version of a policy is one of its versions");
    }
  }

  /** Returns the text of the version that counts. */
  public PolicyText policy() {
    Version version = versions.get(defaultVersion);
    if (version == null) {
      throw new IllegalStateException("the default version is one of the versions");
    }
    return version.policy();
  }

  /** Returns the ARN of this policy of an account. */
  public String arn(AccountId account) {
    return "arn:aws:iam::"
        + (isOfAws ? AWS : account.value())
        + ":policy"
        + head.path()
        + head.name();
  }

  @Override
  public EntityKey key() {
    return key(isOfAws, head.name());
  }

  /** Returns the key of the policy; AWS's policies have names of their own. */
  static EntityKey key(boolean isOfAws, String name) {
    return EntityKey.of(EntityKind.POLICY, (isOfAws ? AWS + ":" : "") + name);
  }

  ManagedPolicy withVersion(PolicyText policy, boolean isDefault, Instant now) {
    SortedMap<Integer, Version> changed = new TreeMap<>(versions);
    int number = lastVersion + 1;
    changed.put(number, new Version(policy, now));
    return new ManagedPolicy(
        head,
        isOfAws,
        description,
        tags,
        now,
        changed,
        isDefault ? number : defaultVersion,
        number);
  }

  ManagedPolicy withoutVersion(int number, Instant now) {
    SortedMap<Integer, Version> changed = new TreeMap<>(versions);
    changed.remove(number);
    return new ManagedPolicy(
        head, isOfAws, description, tags, now, changed, defaultVersion, lastVersion);
  }

  ManagedPolicy withDefault(int number, Instant now) {
    return new ManagedPolicy(head, isOfAws, description, tags, now, versions, number, lastVersion);
  }

  ManagedPolicy withTags(Tags changed) {
    return new ManagedPolicy(
        head, isOfAws, description, changed, updated, versions, defaultVersion, lastVersion);
  }
}

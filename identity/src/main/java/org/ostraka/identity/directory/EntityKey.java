package org.ostraka.identity.directory;

import java.util.Comparator;
import java.util.Locale;

/**
 * What sets an entity apart from the others of its account: its kind and its name, without regard
 * to case ("IAM and AWS STS quotas", names). Immutable.
 *
 * @param name the name in lower case
 */
public record EntityKey(EntityKind kind, String name) implements Comparable<EntityKey> {
  private static final Comparator<EntityKey> ORDER =
      Comparator.comparing(EntityKey::kind).thenComparing(EntityKey::name);

  /** Makes the key of an entity whose name is spelled in any case. */
  public static EntityKey of(EntityKind kind, String name) {
    return new EntityKey(kind, name.toLowerCase(Locale.ROOT));
  }

  @Override
  public int compareTo(EntityKey other) {
    return ORDER.compare(this, other);
  }
}

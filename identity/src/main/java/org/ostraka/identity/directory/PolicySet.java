package org.ostraka.identity.directory;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The policies that an identity has itself. Immutable.
 *
 * @param inline the embedded policies by their names
 * @param attached the ARNs of the managed policies
 */
public record PolicySet(SortedMap<String, PolicyText> inline, SortedSet<String> attached) {
  public static final PolicySet NONE = new PolicySet(Map.of(), Set.of());

  public PolicySet {
    inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
    attached = Collections.unmodifiableSortedSet(new TreeSet<>(attached));
  }

  /** Makes a set of these policies. */
  public PolicySet(Map<String, PolicyText> inline, Set<String> attached) {
    this(new TreeMap<>(inline), new TreeSet<>(attached));
  }

  boolean isEmpty() {
    return inline.isEmpty() && attached.isEmpty();
  }

  PolicySet withInline(String name, PolicyText policy) {
    SortedMap<String, PolicyText> changed = new TreeMap<>(inline);
    changed.put(name, policy);
    return new PolicySet(changed, attached);
  }

  PolicySet withoutInline(String name) {
    SortedMap<String, PolicyText> changed = new TreeMap<>(inline);
    changed.remove(name);
    return new PolicySet(changed, attached);
  }

  PolicySet withAttached(String arn) {
    SortedSet<String> changed = new TreeSet<>(attached);
    changed.add(arn);
    return new PolicySet(inline, changed);
  }

  PolicySet withoutAttached(String arn) {
    SortedSet<String> changed = new TreeSet<>(attached);
    changed.remove(arn);
    return new PolicySet(inline, changed);
  }
}

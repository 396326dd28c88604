package org.ostraka.engine.backup;

import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the archive's objects. Stateless. */
final class ObjectNames {
  /** Begins the names of all segments. */
  static final String CHAINS = "chains/";

  /** The object that says which store the archive belongs to. */
  static final String OWNER = "store";

  private static final Pattern NUMBERED = Pattern.compile("[^/]+/[^/]+/([0-9]{1,18})-[^/]+");

  private ObjectNames() {}

  /** Returns the beginning of the names of a chain's segments. */
  static String ofChain(UUID chain) {
    return CHAINS + chain + "/";
  }

  /** Returns the number of a segment by its name; empty if it is none of the chain. */
  static OptionalLong number(UUID chain, String name) {
    Matcher matcher = NUMBERED.matcher(name);
    return name.startsWith(ofChain(chain)) && matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /**
   * Returns the name of a segment.
   *
   * @param unique so that a repeated attempt never replaces what another server has written
   */
  static String name(UUID chain, long number, UUID unique) {
    return ofChain(chain) + String.format("%012d", number) + "-" + unique;
  }
}

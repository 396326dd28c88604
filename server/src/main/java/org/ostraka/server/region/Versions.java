package org.ostraka.server.region;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.server.http.Zstandard;

/**
 * The versions of the protocol between regions that a server speaks. Immutable.
 *
 * <p>A request is written in one version, and its field names all that its sender speaks. The
 * answer is written in the highest one that both speak, and so are the next requests; its field
 * names those of the server. A request whose version the server does not speak is refused with the
 * same field. Servers of before this was so send no field, and speak the first version only.
 */
record Versions(int lowest, int highest) {
  /** The field of requests and answers that names the versions of their sender. */
  static final String FIELD = "X-Ostraka-Regions-Versions";

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,3})-([0-9]{1,3})");

  Versions {
    if (lowest < 1 || highest < lowest || highest > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("no range of versions: " + lowest + "-" + highest);
    }
  }

  /**
   * Reads a field.
   *
   * @throws IOException when it is none
   */
  static Versions parse(String field) throws IOException {
    Matcher range = RANGE.matcher(field);
    try {
      if (range.matches()) {
        return new Versions(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
      }
    } catch (IllegalArgumentException broken) {
      throw new IOException("the field " + FIELD + " is broken", broken);
    }
    throw new IOException("the field " + FIELD + " is broken");
  }

  /**
   * Returns the versions that this server speaks: in the second one, requests are compressed with
   * Zstandard, whose native code a server without peers never loads.
   */
  static Versions spoken() {
    return Spoken.VERSIONS;
  }

  /** Initialized when it is first asked for. */
  private static final class Spoken {
    private static final Versions VERSIONS = new Versions(1, Zstandard.isAvailable() ? 2 : 1);
  }

  boolean contains(int version) {
    return version >= lowest && version <= highest;
  }

  /** Returns the highest version that two servers speak; empty when there is none. */
  OptionalInt highestCommon(Versions other) {
    int common = Math.min(highest, other.highest);
    return contains(common) && other.contains(common)
        ? OptionalInt.of(common)
        : OptionalInt.empty();
  }

  /** Returns the value of the field. */
  @Override
  public String toString() {
    return lowest + "-" + highest;
  }
}

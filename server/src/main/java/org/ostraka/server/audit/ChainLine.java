package org.ostraka.server.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of every line: its number and the hash of the line before. The hash of a line is
 * the SHA-256 of its bytes without the line break. Immutable.
 *
 * @param sequence the number of the line, from 1
 * @param previousHash the hash of the line before, in hexadecimal
 * @param seal the seal, if the line is one
 */
record ChainLine(long sequence, String previousHash, Optional<Seal> seal) {
  /** The hash before the first line. */
  static final String NO_HASH = "0".repeat(64);

  private static final Pattern BEGINNING =
      Pattern.compile(
          "\\{\"sequence\":([1-9][0-9]{0,17}),\"previousHash\":\"([0-9a-f]{64})\",.*}",
          Pattern.DOTALL);

  private static final Pattern SEAL =
      Pattern.compile(
          ".*\"sealNumber\":([0-9]{1,18}),\"seal\":\"([0-9a-f]{64})\"}", Pattern.DOTALL);

  /**
   * What shows that the lines so far were written by the holder of a key.
   *
   * @param number its number, from 0
   * @param code the keyed hash
   */
  record Seal(long number, String code) {}

  /** Reads a line; empty if it is none of this log. */
  static Optional<ChainLine> parse(String line) {
    Matcher beginning = BEGINNING.matcher(line);
    if (!beginning.matches()) {
      return Optional.empty();
    }
    Optional<Seal> seal = Optional.empty();
    if (line.contains("\"eventType\":\"OstrakaAuditSeal\"")) {
      Matcher matcher = SEAL.matcher(line);
      if (matcher.matches()) {
        seal = Optional.of(new Seal(Long.parseLong(matcher.group(1)), matcher.group(2)));
      }
    }
    return Optional.of(new ChainLine(Long.parseLong(beginning.group(1)), beginning.group(2), seal));
  }

  /** Begins a line. */
  static JsonLine begin(long sequence, String previousHash) {
    return new JsonLine()
        .begin('{')
        .raw("sequence", Long.toString(sequence))
        .text("previousHash", previousHash);
  }

  static String hash(byte[] line) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

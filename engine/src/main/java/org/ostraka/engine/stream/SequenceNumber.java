package org.ostraka.engine.stream;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;

/**
 * The place of a record in its stream, as the API shows it: the number of the shard's space,
 * followed by twenty digits for the position in the shard. A child shard has a greater space than
 * its parent, so the numbers of an item's changes always increase. Immutable.
 */
record SequenceNumber(Space shard, Position position) {
  private static final int POSITION_DIGITS = 20;
  private static final BigInteger POSITIONS = BigInteger.TEN.pow(POSITION_DIGITS);
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** Returns the place that a text names; empty when no record can be there. */
  static Optional<SequenceNumber> parse(String text) {
    if (!DIGITS.matcher(text).matches()) {
      return Optional.empty();
    }
    BigInteger[] parts = new BigInteger(text).divideAndRemainder(POSITIONS);
    return parts[0].compareTo(MAX_LONG) > 0 || parts[1].compareTo(MAX_LONG) > 0
        ? Optional.empty()
        : Optional.of(
            new SequenceNumber(
                new Space(parts[0].longValueExact()), new Position(parts[1].longValueExact())));
  }

  BigInteger value() {
    return BigInteger.valueOf(shard.id())
        .multiply(POSITIONS)
        .add(BigInteger.valueOf(position.value()));
  }

  /** Returns the digits of the number, which takes less time than those of {@link #value}. */
  String digits() {
    String last = Long.toString(position.value());
    return shard.id() + "0".repeat(POSITION_DIGITS - last.length()) + last;
  }
}

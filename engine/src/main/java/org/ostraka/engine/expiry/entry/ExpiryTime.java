package org.ostraka.engine.expiry.entry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/**
 * The times at which items expire, in whole seconds since 1970. Stateless.
 *
 * <p>An item is expired when its time is less than the present second, and not more than five years
 * earlier ("Using DynamoDB Time to Live (TTL)" in the Developer Guide). Numbers are compared as
 * numbers, so that fractions of a second count (aws/strands-dynamodb-storage, pull request 27);
 * compared with whole seconds they may be cut off.
 */
public final class ExpiryTime {
  /**
   * The latest time that is kept, the end of the year 9999. Later ones, such as milliseconds that
   * were taken for seconds, never come.
   */
  static final long LATEST_SECOND = 253_402_300_799L;

  /** How old a time may be: an older one is taken for a mistake. */
  private static final Period MAX_AGE = Period.ofYears(5);

  private static final BigDecimal END = BigDecimal.valueOf(LATEST_SECOND + 1);

  private ExpiryTime() {}

  /**
   * Returns the time at which an item expires; empty when the attribute is missing, is not a
   * number, or is a time that never comes.
   */
  public static OptionalLong seconds(Item item, String attributeName) {
    return item.attributes().get(attributeName) instanceof AttributeValue.N(BigDecimal number)
        ? seconds(number)
        : OptionalLong.empty();
  }

  private static OptionalLong seconds(BigDecimal number) {
    return number.signum() < 0 || number.compareTo(END) >= 0
        ? OptionalLong.empty()
        : OptionalLong.of(number.setScale(0, RoundingMode.FLOOR).longValueExact());
  }

  /**
   * The times that have expired at a moment.
   *
   * @param from the earliest, in seconds
   * @param before the present second, which has not expired
   */
  public record Expired(long from, long before) {
    public static Expired at(Instant now) {
      Instant earliest = now.atOffset(ZoneOffset.UTC).minus(MAX_AGE).toInstant();
      // A clock may stand before 1975.
      return new Expired(Math.max(0, earliest.getEpochSecond()), Math.max(0, now.getEpochSecond()));
    }
  }
}

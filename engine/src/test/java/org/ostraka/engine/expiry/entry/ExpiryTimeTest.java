package org.ostraka.engine.expiry.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

final class ExpiryTimeTest {
  private static final Space INDEX = new Space(7);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "1.999999, 1",
    "1791504000, 1791504000",
    "1791504000.5, 1791504000",
    "17915040E+2, 1791504000",
    "1E-130, 0",
    "253402300799.9, 253402300799"
  })
  void aNumberOfSecondsIsATime(BigDecimal number, long seconds) {
    assertThat(ExpiryTime.seconds(item(new AttributeValue.N(number)), "ttl")).hasValue(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.1", "253402300800", "1791504000000", "1E+125", "-1E+125"})
  void aNumberThatNeverComesIsNone(BigDecimal number) {
    assertThat(ExpiryTime.seconds(item(new AttributeValue.N(number)), "ttl")).isEmpty();
  }

  @Test
  void anotherTypeIsNoTime() {
    AttributeValue time = new AttributeValue.N(BigDecimal.valueOf(1_791_504_000));
    for (AttributeValue other :
        List.of(
            new AttributeValue.S("1791504000"),
            new AttributeValue.Bool(true),
            new AttributeValue.L(List.of(time)),
            new AttributeValue.M(Map.of("ttl", time)))) {
      assertThat(ExpiryTime.seconds(item(other), "ttl")).isEmpty();
    }
    assertThat(ExpiryTime.seconds(item(time), "other")).isEqualTo(OptionalLong.empty());
  }

  @Test
  void whatHasExpiredIsFiveYearsLong() {
    ExpiryTime.Expired times = ExpiryTime.Expired.at(Instant.parse("2028-02-29T10:00:00.999Z"));
    assertThat(times.from()).isEqualTo(Instant.parse("2023-02-28T10:00:00Z").getEpochSecond());
    assertThat(times.before()).isEqualTo(Instant.parse("2028-02-29T10:00:00Z").getEpochSecond());
    assertThat(ExpiryTime.Expired.at(Instant.EPOCH.minusSeconds(9)))
        .isEqualTo(new ExpiryTime.Expired(0, 0));
  }

  @Test
  void rowsLieInTheOrderOfTheirTimes() {
    RowKey item = new RowKey(new Space(1), Bytes.of(1, 2), Bytes.of(3));
    RowKey previous = ExpiryRow.of(INDEX, item, 0);
    for (long seconds : List.of(1L, 255L, 256L, 1L << 31, ExpiryTime.LATEST_SECOND)) {
      RowKey row = ExpiryRow.of(INDEX, item, seconds);
      assertThat(row.partition()).isEqualTo(previous.partition());
      assertThat(row.sort()).isGreaterThan(previous.sort());
      assertThat(ExpiryRow.seconds(row)).isEqualTo(seconds);
      previous = row;
    }
  }

  private static Item item(AttributeValue value) {
    return new Item(Map.of("ttl", value));
  }
}

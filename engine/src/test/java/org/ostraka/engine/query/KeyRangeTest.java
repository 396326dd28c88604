package org.ostraka.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.KeyCondition;
import org.ostraka.expression.KeyTest;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/** A range holds just the rows whose keys pass the tests. */
final class KeyRangeTest {
  private static final Space SPACE = new Space(7);
  private static final AttributeValue PARTITION = new AttributeValue.S("p");
  private static final List<AttributeValue> NUMBERS =
      Stream.of("-9.9E+125", "-10", "-1.5", "-1E-130", "0", "1E-130", "2", "2.01", "10", "9E+125")
          .<AttributeValue>map(text -> new AttributeValue.N(new BigDecimal(text)))
          .toList();
  private static final List<AttributeValue> BINARIES =
      Stream.of(
              Bytes.of(0),
              Bytes.of(0, 0),
              Bytes.of(0, 1),
              Bytes.of(0, 255),
              Bytes.of(1),
              Bytes.of(254),
              Bytes.of(255),
              Bytes.of(255, 0),
              Bytes.of(255, 255))
          .<AttributeValue>map(AttributeValue.B::new)
          .toList();

  @Test
  void aRangeOfNumbersHoldsThoseThatPass() {
    assertRanges(NUMBERS, false);
  }

  @Test
  void aRangeOfBytesHoldsThoseThatPass() {
    assertRanges(BINARIES, true);
  }

  @Test
  void aPartitionWithoutTestsHoldsEverySortKey() {
    KeyRange range = KeyRange.of(new KeyCondition(List.of(PARTITION), List.of()));
    assertThat(NUMBERS).allMatch(number -> range.contains(row(number)));
    assertThat(range.contains(new RowKey(SPACE, partition(), Bytes.EMPTY))).isTrue();
  }

  @Test
  void severalSortKeysAreEqualUpToTheLastTest() {
    AttributeValue two = NUMBERS.get(6);
    for (AttributeValue first : NUMBERS) {
      for (AttributeValue second : BINARIES) {
        for (AttributeValue bound : BINARIES) {
          KeyRange range = range(equal(two), new KeyTest.Compare(Comparison.GREATER, bound));
          boolean passes = first.equals(two) && order(BINARIES, second) > order(BINARIES, bound);
          assertThat(range.contains(row(first, second))).isEqualTo(passes);
        }
        assertThat(range(equal(two)).contains(row(first, second))).isEqualTo(first.equals(two));
      }
    }
  }

  @Test
  void whatComesAfterAKeyIsAllThatLiesBeyondItInTheRange() {
    // Two values lie outside at each end, so that a start beyond the range has one between.
    KeyRange range = range(new KeyTest.Between(NUMBERS.get(2), NUMBERS.get(7)));
    for (int start = 0; start < NUMBERS.size(); start++) {
      Optional<RowKey> after = Optional.of(row(NUMBERS.get(start)));
      for (int each = 0; each < NUMBERS.size(); each++) {
        boolean within = each >= 2 && each <= 7;
        assertThat(shows(range.range(SPACE, Direction.FORWARD, after), NUMBERS.get(each)))
            .isEqualTo(within && each > start);
        assertThat(shows(range.range(SPACE, Direction.BACKWARD, after), NUMBERS.get(each)))
            .isEqualTo(within && each < start);
      }
    }
  }

  private static void assertRanges(List<AttributeValue> ordered, boolean beginnings) {
    for (AttributeValue bound : ordered) {
      for (Comparison comparison : Comparison.values()) {
        if (comparison == Comparison.NOT_EQUAL) {
          continue;
        }
        assertHolds(
            ordered,
            new KeyTest.Compare(comparison, bound),
            value -> comparison.holds(order(ordered, value) - order(ordered, bound)));
      }
      for (AttributeValue upper : ordered.subList(order(ordered, bound), ordered.size())) {
        assertHolds(
            ordered,
            new KeyTest.Between(bound, upper),
            value ->
                order(ordered, value) >= order(ordered, bound)
                    && order(ordered, value) <= order(ordered, upper));
      }
      if (beginnings) {
        assertHolds(
            ordered, new KeyTest.BeginsWith(bound), value -> hex(value).startsWith(hex(bound)));
      }
    }
  }

  private static void assertHolds(
      List<AttributeValue> values,
      KeyTest test,
      java.util.function.Predicate<AttributeValue> passes) {
    KeyRange range = range(test);
    for (AttributeValue value : values) {
      assertThat(range.contains(row(value)))
          .as("%s of %s", test, value)
          .isEqualTo(passes.test(value));
    }
  }

  private static int order(List<AttributeValue> ordered, AttributeValue value) {
    return ordered.indexOf(value);
  }

  private static String hex(AttributeValue value) {
    return ((AttributeValue.B) value).value().toString();
  }

  private static KeyTest equal(AttributeValue value) {
    return new KeyTest.Compare(Comparison.EQUAL, value);
  }

  private static KeyRange range(KeyTest... tests) {
    return KeyRange.of(new KeyCondition(List.of(PARTITION), List.of(tests)));
  }

  private static boolean shows(Range range, AttributeValue value) {
    Range.OfPartition shown = (Range.OfPartition) range;
    Bytes sort = row(value).sort();
    return shown.from().compareTo(sort) <= 0
        && shown.to().map(to -> sort.compareTo(to) < 0).orElse(true);
  }

  private static Bytes partition() {
    return KeyEncoding.encode(PARTITION);
  }

  private static RowKey row(AttributeValue... sort) {
    return new RowKey(SPACE, partition(), KeyEncoding.encode(new ArrayList<>(List.of(sort))));
  }
}

package org.ostraka.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;

final class SequenceNumberTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 100000000000000000001",
    "42, 9223372036854775807, 4209223372036854775807",
    "9223372036854775807, 10, 922337203685477580700000000000000000010"
  })
  void itsDigitsAreThoseOfItsValue(long shard, long position, String digits) {
    SequenceNumber number = new SequenceNumber(new Space(shard), new Position(position));

    assertThat(number.digits()).isEqualTo(digits);
    assertThat(number.value()).hasToString(digits);
    assertThat(SequenceNumber.parse(digits)).contains(number);
  }

  @Test
  void aTextThatIsNoNumberNamesNoPlace() {
    assertThat(SequenceNumber.parse("12x")).isEmpty();
  }
}

package org.ostraka.voting.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sizes by the rules of "DynamoDB item sizes and formats".
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">
 *     the rules</a>
 */
final class RowSizeTest {
  @Test
  void aTextHasTheBytesOfItsNameAndItsCharacters() {
    assertThat(bytes(AttributeValue.fromS(""))).isEqualTo(1);
    assertThat(bytes(AttributeValue.fromS("abc"))).isEqualTo(1 + 3);
    assertThat(bytes(AttributeValue.fromS("äöü"))).isEqualTo(1 + 6);
    assertThat(bytes(AttributeValue.fromS("選挙"))).isEqualTo(1 + 6);
    assertThat(bytes(AttributeValue.fromS("🗳"))).as("two chars of Java").isEqualTo(1 + 4);
    assertThat(RowSize.bytes(Map.of("Wähler", AttributeValue.fromS("abc")))).isEqualTo(7 + 3);
  }

  @Test
  void aNumberHasAByteForTwoDigitsAndOneMore() {
    assertThat(bytes(AttributeValue.fromN("0"))).isEqualTo(1 + 2);
    assertThat(bytes(AttributeValue.fromN("12"))).isEqualTo(1 + 2);
    assertThat(bytes(AttributeValue.fromN("123"))).isEqualTo(1 + 3);
    assertThat(bytes(AttributeValue.fromN("10000"))).as("zeroes at the end").isEqualTo(1 + 2);
    assertThat(bytes(AttributeValue.fromN("00012"))).as("zeroes before it").isEqualTo(1 + 2);
    assertThat(bytes(AttributeValue.fromN("9223372036854775807"))).isEqualTo(1 + 11);
  }

  @Test
  void listsAndMapsHaveThreeBytesAndOneForEachElement() {
    AttributeValue texts = Attributes.of(List.of("ab", "c"));
    assertThat(bytes(AttributeValue.fromL(List.of()))).isEqualTo(1 + 3);
    assertThat(bytes(AttributeValue.fromM(Map.of()))).isEqualTo(1 + 3);
    assertThat(bytes(texts)).isEqualTo(1 + 3 + (1 + 2) + (1 + 1));
    assertThat(bytes(AttributeValue.fromM(Map.of("claim", texts))))
        .isEqualTo(1 + 3 + (1 + 5 + 3 + (1 + 2) + (1 + 1)));
  }

  @Test
  void allOtherTypesHaveTheirBytes() {
    assertThat(bytes(AttributeValue.fromBool(true))).isEqualTo(1 + 1);
    assertThat(bytes(AttributeValue.fromNul(true))).isEqualTo(1 + 1);
    assertThat(bytes(Attributes.of(new byte[] {1, 2, 3}))).isEqualTo(1 + 3);
    assertThat(bytes(AttributeValue.fromSs(List.of("ab", "c")))).isEqualTo(1 + 3);
    assertThat(bytes(AttributeValue.fromNs(List.of("12", "123")))).isEqualTo(1 + 2 + 3);
    assertThat(bytes(AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[5])))))
        .isEqualTo(1 + 5);
    AttributeValue none = AttributeValue.builder().build();
    assertThatThrownBy(() -> bytes(none)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Returns the size of a row with one attribute, whose name has one byte. */
  private static int bytes(AttributeValue value) {
    return RowSize.bytes(Map.of("a", value));
  }
}

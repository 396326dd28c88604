package org.ostraka.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.delivery.wire.JsonText;

final class ItemDigestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"S":"x"},"b":{"N":"1"}}         | {"b":{"N":"1"},"a":{"S":"x"}}
          {"a":{"N":"100"}}                     | {"a":{"N":"1E2"}}
          {"a":{"N":"1.50"}}                    | {"a":{"N":"1.5"}}
          {"a":{"N":"0"}}                       | {"a":{"N":"0.00"}}
          {"a":{"SS":["x","y"]}}                | {"a":{"SS":["y","x"]}}
          {"a":{"NS":["1","20"]}}               | {"a":{"NS":["2E1","1.0"]}}
          {"a":{"BS":["AA==","AQ=="]}}          | {"a":{"BS":["AQ==","AA=="]}}
          {"a":{"M":{"x":{"S":"1"},"y":{"NULL":true}}}} | {"a":{"M":{"y":{"NULL":true},"x":{"S":"1"}}}}
          """)
  void equalItemsHaveOneDigest(String one, String other) {
    assertThat(digest(one)).isEqualTo(digest(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"S":"1"}}                       | {"a":{"N":"1"}}
          {"a":{"S":"x"}}                       | {"b":{"S":"x"}}
          {"a":{"S":"x"}}                       | {"a":{"S":"x"},"b":{"S":""}}
          {"a":{"L":[{"S":"x"},{"S":"y"}]}}     | {"a":{"L":[{"S":"y"},{"S":"x"}]}}
          {"a":{"L":[{"S":"x"}]}}               | {"a":{"L":[{"L":[{"S":"x"}]}]}}
          {"a":{"SS":["x"]}}                    | {"a":{"BS":["x"]}}
          {"a":{"SS":["xy"]}}                   | {"a":{"SS":["x","y"]}}
          {"a":{"BOOL":true}}                   | {"a":{"BOOL":false}}
          {"a":{"NULL":true}}                   | {"a":{"BOOL":true}}
          {"a":{"M":{}}}                        | {"a":{"L":[]}}
          {"a":{"N":"12345678901234567890123456789012345678"}} | {"a":{"N":"12345678901234567890123456789012345679"}}
          """)
  void itemsThatDifferHaveTwo(String one, String other) {
    assertThat(digest(one)).isNotEqualTo(digest(other));
  }

  private static Digest digest(String item) {
    return ItemDigest.of(JsonText.parse(item.getBytes(StandardCharsets.UTF_8)));
  }
}

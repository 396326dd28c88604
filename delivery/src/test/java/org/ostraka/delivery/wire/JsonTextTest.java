package org.ostraka.delivery.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** JSON values as text. */
final class JsonTextTest {
  @Test
  void aValueIsWrittenAsItWasRead() {
    String text = "{\"a\":[1,2.50,true,null],\"b\":{\"c\":\"\\\"\\n\u00e9\"},\"d\":[]}";
    assertThat(new String(JsonText.bytes(JsonText.parse(text.getBytes(UTF_8))), UTF_8))
        .isEqualTo(text);
  }
}

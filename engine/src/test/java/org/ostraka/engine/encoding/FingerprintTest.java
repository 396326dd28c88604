package org.ostraka.engine.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;

final class FingerprintTest {

  /** Computed by another program, from the description of the format alone. */
  @Test
  void itsBytesAreThoseOfTheFormatOnDisk() {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.mark('P');
    fingerprint.attributes(values("1.50", List.of("y", "x")));
    fingerprint.text(null);
    fingerprint.flag(true);
    fingerprint.texts(Map.of("b", "c", "a", "d"));
    fingerprint.attributes(null);
    assertThat(fingerprint.sha256().toString())
        .isEqualTo("d2d334a8756b7a0552238c64221a18fefd67ba8bddc7e886563dc9df6c7bdc3a");
  }

  @Test
  void whatIsTheSameHasTheSame() {
    assertThat(of(values("1.5", List.of("x", "y"))))
        .isEqualTo(of(values("15E-1", List.of("y", "x"))));
    assertThat(of(values("1.5", List.of("x")))).isNotEqualTo(of(values("1.5", List.of("y"))));
  }

  @Test
  void partsDoNotRunTogether() {
    Fingerprint first = new Fingerprint();
    first.text("ab");
    first.text("c");
    Fingerprint second = new Fingerprint();
    second.text("a");
    second.text("bc");
    assertThat(first.sha256()).isNotEqualTo(second.sha256());
  }

  private static Bytes of(Map<String, AttributeValue> values) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.values(List.copyOf(values.values()));
    fingerprint.attributes(values);
    return fingerprint.sha256();
  }

  private static Map<String, AttributeValue> values(String number, List<String> texts) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    values.put("b", new AttributeValue.N(new BigDecimal(number)));
    values.put("a", new AttributeValue.S("x"));
    values.put(
        "l",
        new AttributeValue.L(List.of(new AttributeValue.Null(), new AttributeValue.Bool(true))));
    values.put("m", new AttributeValue.M(Map.of("k", new AttributeValue.B(Bytes.of(0, 0xFF)))));
    values.put("s", new AttributeValue.SS(new LinkedHashSet<>(texts)));
    values.put(
        "n",
        new AttributeValue.NS(new LinkedHashSet<>(List.of(BigDecimal.valueOf(9), BigDecimal.TEN))));
    return values;
  }
}

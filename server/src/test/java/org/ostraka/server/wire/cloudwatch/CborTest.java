package org.ostraka.server.wire.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.cloudwatch.CloudWatchException;

/** CBOR as RFC 8949 has it; the values are those of its appendix A. */
final class CborTest {
  private static Document.Structure read(String hex) {
    return CborReader.read(HexFormat.of().parseHex(hex));
  }

  /** Reads a value as the member {@code a} of a map. */
  private static Document value(String hex) {
    return read("a16161" + hex).members().get("a");
  }

  @ParameterizedTest
  @CsvSource({
    "00, 0",
    "17, 23",
    "1818, 24",
    "1903e8, 1000",
    "1a000f4240, 1000000",
    "1b000000e8d4a51000, 1000000000000",
    "1bffffffffffffffff, 18446744073709551615",
    "20, -1",
    "3863, -100",
    "f93c00, 1",
    "f97bff, 65504",
    "fa47c35000, 100000",
    "fb3ff199999999999a, 1.1",
    "c11a514b67b0, 1363896240",
    "c1fb41d452d9ec200000, 1363896240.5",
  })
  void numbersAreRead(String hex, double number) {
    assertThat(value(hex)).isEqualTo(new Document.Numeric(number));
  }

  @ParameterizedTest
  @CsvSource({
    "60, ''",
    "6449455446, IETF",
    "62c3bc, \u00fc",
    "7f657374726561646d696e67ff, streaming"
  })
  void textsAreRead(String hex, String text) {
    assertThat(value(hex)).isEqualTo(new Document.Text(text));
  }

  /** An empty map is one byte, and takes some hundred in memory. */
  @Test
  void aRequestHasSoManyValuesAtMostInCborAndInJson() {
    int most = Document.MAX_VALUES - 1;
    assertThat(value("99%04x".formatted(most) + "a0".repeat(most)))
        .isInstanceOfSatisfying(
            Document.Several.class, list -> assertThat(list.elements()).hasSize(most));
    assertThat(json(most).members()).containsKey("a");
    String refusal = "The request has more than 20000 values.";
    assertThatThrownBy(() -> value("99%04x".formatted(most + 1) + "a0".repeat(most + 1)))
        .isInstanceOfSatisfying(
            CloudWatchException.class, it -> assertThat(it.text()).isEqualTo(refusal));
    assertThatThrownBy(() -> json(most + 1))
        .isInstanceOfSatisfying(
            CloudWatchException.class, it -> assertThat(it.text()).isEqualTo(refusal));
  }

  private static Document.Structure json(int maps) {
    String body = "{\"a\":[" + String.join(",", Collections.nCopies(maps, "{}")) + "]}";
    return JsonDocument.read(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void listsAndMapsAreReadInBothForms() {
    Document list = new Document.Several(List.of(new Document.Numeric(1), new Document.Numeric(2)));
    assertThat(value("820102")).isEqualTo(list);
    assertThat(value("9f0102ff")).isEqualTo(list);
    assertThat(read("bf616101ff")).isEqualTo(read("a1616101"));
    assertThat(read("a26161f6616202").members()).containsOnlyKeys("b");
    assertThat(read("").members()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "a1",
        "a161",
        "a16161",
        "a1616141ff",
        "a1010161",
        "a16161c074",
        "a1616162c328",
        "a161619bffffffffffffffff",
        "a161617a7fffffff",
        "a161619f",
        "a1616101a0",
        "a16161ff",
        "a161617f6161",
        "a161611c",
        "a161617f4161ff",
      })
  void whatIsBrokenIsRefused(String hex) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(CloudWatchException.class);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> read("a16161" + "81".repeat(5_000) + "00"))
        .isInstanceOf(CloudWatchException.class);
  }

  @Test
  void whatIsWrittenIsRead() {
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    members.put("text", new Document.Text("x".repeat(300)));
    members.put("flag", new Document.Flag(true));
    members.put("list", new Document.Several(List.of(new Document.Numeric(0.1))));
    Document.Structure structure = new Document.Structure(members);
    assertThat(CborReader.read(CborWriter.write(structure))).isEqualTo(structure);
    assertThat(CborWriter.write(new Document.Time(Instant.ofEpochMilli(1_363_896_240_500L))))
        .isEqualTo(HexFormat.of().parseHex("c1fb41d452d9ec200000"));
  }

  /** Nothing but a refusal comes of random bytes. */
  @Test
  void randomBytesAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(18);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(40)];
      random.nextBytes(bytes);
      bytes[0] = (byte) (random.nextBoolean() ? 0xbf : 0xa0 + random.nextInt(4));
      try {
        assertThat(CborReader.read(bytes)).isNotNull();
      } catch (CloudWatchException _) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }
}

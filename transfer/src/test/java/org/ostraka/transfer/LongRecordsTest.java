package org.ostraka.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.transfer.format.CsvItemReader;
import org.ostraka.transfer.format.ImportedRecord;
import org.ostraka.transfer.format.ItemReader;
import org.ostraka.transfer.ion.IonItemReader;
import org.ostraka.transfer.wire.JsonItemReader;

/** Records that are longer than any item: they are refused without being held in memory. */
@Timeout(60)
final class LongRecordsTest {
  private static final String TOO_LARGE = "Item size has exceeded the maximum allowed size";

  @Test
  void aLongLineOfJsonIsAnErrorOfItsItem() throws IOException {
    ItemReader reader =
        JsonItemReader.ofItems(
            input("{\"Item\":{\"id\":{\"S\":\"", 100, "\"}}}\n{\"Item\":{\"id\":{\"S\":\"2\"}}}"));
    assertThat(read(reader)).containsExactly(TOO_LARGE, "good");
  }

  @Test
  void aLongRowOfCsvIsAnErrorOfItsItem() throws IOException {
    ItemReader reader =
        new CsvItemReader(input("id,v\n1,\"", 100, "\"\n2,b\n"), ',', List.of(), Map.of());
    assertThat(read(reader)).containsExactly(TOO_LARGE, "good");
  }

  @Test
  void aRowOfManyColumnsIsAnErrorOfItsItem() throws IOException {
    String columns = ",".repeat(1_000_000) + "\n";
    ItemReader reader =
        new CsvItemReader(input("id,v\n1", 0, columns + "2,b\n"), ',', List.of(), Map.of());
    assertThat(read(reader)).containsExactly(TOO_LARGE, "good");
  }

  @Test
  void aLongHeaderEndsItsObject() throws IOException {
    ItemReader reader = new CsvItemReader(input("id,", 100, "\n1,b\n"), ',', List.of(), Map.of());
    assertThat(reader.next()).contains(new ImportedRecord.Unreadable("The header is too long"));
  }

  @Test
  void aLongValueOfIonEndsItsObject() throws IOException {
    ItemReader reader =
        IonItemReader.ofItems(
            input("{Item:{id:\"1\"}} {Item:{id:\"", 100, "\"}} {Item:{id:\"3\"}}"));
    assertThat(read(reader)).containsExactly("good", TOO_LARGE);
  }

  @Test
  void numbersOfManyDigitsAreNotSpelled() throws IOException {
    String digits = "7".repeat(1_000_000);
    ItemReader reader = IonItemReader.ofItems(input("{Item:{id:\"1\",n:" + digits + "}}", 0, ""));
    assertThat(read(reader))
        .containsExactly("Attempting to store more than 38 significant digits in a Number");
  }

  @Test
  void fewProblemsOfAnItemAreToldAndNoneAtLength() throws IOException {
    String number = "{\"N\":\"" + "x".repeat(5_000) + "\"}";
    String numbers = String.join(",", Collections.nCopies(100, number));
    ItemReader reader =
        JsonItemReader.ofItems(input("{\"Item\":{\"id\":{\"L\":[" + numbers + "]}}}", 0, ""));
    ImportedRecord.Bad bad = (ImportedRecord.Bad) reader.next().orElseThrow();
    assertThat(bad.problems())
        .hasSize(8)
        .allSatisfy(problem -> assertThat(problem).hasSizeLessThan(1_100).endsWith("xxx..."));
  }

  /** Reads all records; of those that are refused, the first problem. */
  private static List<String> read(ItemReader reader) throws IOException {
    List<String> found = new ArrayList<>();
    for (Optional<ImportedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
      switch (next.get()) {
        case ImportedRecord.Good _ -> found.add("good");
        case ImportedRecord.Bad bad -> found.add(bad.problems().getFirst());
        case ImportedRecord.Unreadable(String problem) -> {
          found.add(problem);
          return found;
        }
      }
    }
    return found;
  }

  /** Returns a text with so many megabytes of letters in its middle, which are not in memory. */
  private static InputStream input(String start, int megabytes, String end) {
    byte[] letters = "x".repeat(1 << 20).getBytes(UTF_8);
    List<InputStream> parts = new ArrayList<>();
    parts.add(new ByteArrayInputStream(start.getBytes(UTF_8)));
    for (int i = 0; i < megabytes; i++) {
      parts.add(new ByteArrayInputStream(letters));
    }
    parts.add(new ByteArrayInputStream(end.getBytes(UTF_8)));
    return new SequenceInputStream(Collections.enumeration(parts));
  }
}

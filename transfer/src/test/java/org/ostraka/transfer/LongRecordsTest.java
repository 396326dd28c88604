package org.ostraka.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
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
  /** Megabytes, three times as many as any record may have. */
  private static final int LONG = 25;

  private static final String TOO_LARGE = "Item size has exceeded the maximum allowed size";

  @Test
  void aLongLineOfJsonIsAnErrorOfItsItem() throws IOException {
    ItemReader reader =
        JsonItemReader.ofItems(
            input("{\"Item\":{\"id\":{\"S\":\"", LONG, "\"}}}\n{\"Item\":{\"id\":{\"S\":\"2\"}}}"));
    assertThat(read(reader)).containsExactly(TOO_LARGE, "good");
  }

  @Test
  void aLongRowOfCsvIsAnErrorOfItsItem() throws IOException {
    ItemReader reader =
        new CsvItemReader(input("id,v\n1,\"", LONG, "\"\n2,b\n"), ',', List.of(), Map.of());
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
    ItemReader reader = new CsvItemReader(input("id,", LONG, "\n1,b\n"), ',', List.of(), Map.of());
    assertThat(reader.next()).contains(new ImportedRecord.Unreadable("The header is too long"));
  }

  @Test
  void aLongValueOfIonEndsItsObject() throws IOException {
    ItemReader reader =
        IonItemReader.ofItems(
            input("{Item:{id:\"1\"}} {Item:{id:\"", LONG, "\"}} {Item:{id:\"3\"}}"));
    assertThat(read(reader)).containsExactly("good", TOO_LARGE);
  }

  /** The reader of Ion would decompress it by itself, behind the bound of a record. */
  @Test
  void ionThatIsCompressedIsRefused() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(file);
        InputStream content = input("{Item:{id:\"", 32, "\"}}")) {
      content.transferTo(gzip);
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> IonItemReader.ofItems(new ByteArrayInputStream(file.toByteArray())))
        .withMessage("The file is not Ion");
  }

  @Test
  void symbolsOfManyValuesEndTheirObject() throws IOException {
    ItemReader few = IonItemReader.ofItems(input(symbols(1) + symbols(2), 0, ""));
    assertThat(read(few)).containsExactly("good", "good");
    String many = IntStream.range(0, 40).mapToObj(LongRecordsTest::symbols).collect(joining());
    List<String> read = read(IonItemReader.ofItems(input(many, 0, "")));
    assertThat(read).hasSizeBetween(2, 30).last().isEqualTo("The file has too many symbols");
  }

  /** Returns an item, and before it symbols of a megabyte, which are added to those before. */
  private static String symbols(int number) {
    return "$ion_symbol_table::{imports:$ion_symbol_table,symbols:[\""
        + number
        + "x".repeat(1 << 20)
        + "\"]} {Item:{id:\"1\"}}\n";
  }

  @Test
  void numbersOfManyDigitsAreNotSpelled() throws IOException {
    String digits = "7".repeat(100_000);
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

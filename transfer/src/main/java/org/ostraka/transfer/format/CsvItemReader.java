package org.ostraka.transfer.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;

/**
 * Reads items from CSV ("Amazon S3 import formats for DynamoDB"; quotation marks as in RFC 4180).
 * Every value is a text, except those of keys, which have the type that the table defines. One
 * thread.
 */
public final class CsvItemReader implements ItemReader {
  private static final int END = -1;

  private final Reader in;
  private final char delimiter;
  private final Map<String, ScalarType> types;
  private final ValueRules rules = new ValueRules();
  private List<String> header;
  private boolean ended;

  /** The characters of the row so far. */
  private int rowChars;

  /**
   * Makes a reader.
   *
   * @param header the names of the columns; empty when the first line has them
   * @param types the types of attributes that are not texts
   */
  public CsvItemReader(
      InputStream in, char delimiter, List<String> header, Map<String, ScalarType> types) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.delimiter = delimiter;
    this.header = List.copyOf(header);
    this.types = Map.copyOf(types);
  }

  @Override
  public Optional<ImportedRecord> next() throws IOException {
    if (header.isEmpty()) {
      header = row().orElse(List.of());
      if (isTooLong()) {
        return Optional.of(new ImportedRecord.Unreadable("The header is too long"));
      }
    }
    if (header.isEmpty()) {
      return Optional.empty();
    }
    return row().map(fields -> isTooLong() ? rules.tooLarge() : record(fields));
  }

  private boolean isTooLong() {
    return rowChars > RecordLimits.CSV_CHARS;
  }

  private ImportedRecord record(List<String> fields) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    for (int i = 0; i < fields.size() && i < header.size(); i++) {
      String name = header.get(i);
      rules.name(name);
      item.put(name, value(name, fields.get(i)));
    }
    if (fields.size() > header.size()) {
      var _ = rules.broken("A line has more values than the header has names");
    }
    return rules.record(new Item(item));
  }

  private AttributeValue value(String name, String text) {
    return switch (types.getOrDefault(name, ScalarType.S)) {
      case S -> new AttributeValue.S(text);
      case N -> rules.number(text);
      case B -> binary(text);
    };
  }

  private AttributeValue binary(String text) {
    try {
      return new AttributeValue.B(Bytes.wrap(Base64.getDecoder().decode(text)));
    } catch (IllegalArgumentException _) {
      return rules.broken("A binary value is not Base64");
    }
  }

  /** Returns the next line that is not empty; a quoted value may have ends of lines. */
  private Optional<List<String>> row() throws IOException {
    List<String> fields = List.of();
    while (!ended && fields.isEmpty()) {
      fields = fields();
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(fields);
  }

  private List<String> fields() throws IOException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean wasQuoted = false;
    rowChars = 0;
    int next = in.read();
    while (next != END && next != '\n') {
      if (next == '"' && field.isEmpty() && !wasQuoted) {
        quoted(field);
        wasQuoted = true;
      } else if (next == delimiter) {
        end(fields, field);
        wasQuoted = false;
      } else if (next != '\r') {
        append(field, next);
      }
      next = in.read();
    }
    ended = next == END;
    if (!fields.isEmpty() || !field.isEmpty() || wasQuoted) {
      end(fields, field);
    }
    return fields;
  }

  /** Ends a field; one beyond the limit of its row is not kept. */
  private void end(List<String> fields, StringBuilder field) {
    rowChars += isTooLong() ? 0 : 1;
    if (!isTooLong() || fields.isEmpty()) {
      fields.add(field.toString());
    }
    field.setLength(0);
  }

  /** Reads up to the closing quotation mark; two of them stand for one. */
  private void quoted(StringBuilder field) throws IOException {
    int next = in.read();
    while (next != END) {
      if (next == '"') {
        in.mark(1);
        if (in.read() != '"') {
          in.reset();
          return;
        }
      }
      append(field, next);
      next = in.read();
    }
    throw new IOException("a quotation mark is not closed");
  }

  private void append(StringBuilder field, int character) {
    rowChars += isTooLong() ? 0 : 1;
    if (!isTooLong()) {
      field.append((char) character);
    }
  }
}

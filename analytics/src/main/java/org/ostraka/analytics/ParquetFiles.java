package org.ostraka.analytics;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/** Parquet files that are being written, one after another. One thread. */
final class ParquetFiles implements AutoCloseable {
  /** A file ends after so many items, or so many bytes of them, which are in memory till then. */
  private static final int ITEMS_MAX = 1_000_000;

  private static final long BYTES_MAX = 256L << 20;

  private final Path directory;
  private final Columns columns;
  private final DuckDBConnection database;
  private DuckDBAppender rows;
  private int files;
  private long items;
  private long bytes;
  private long total;

  ParquetFiles(Path directory, Columns columns) throws SQLException, IOException {
    this.directory = Files.createDirectories(directory);
    this.columns = columns;
    this.database = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    this.rows = begin();
  }

  private DuckDBAppender begin() throws SQLException {
    String definitions =
        Stream.concat(
                columns.columns().stream()
                    .map(column -> Sql.name(column.name()) + " " + column.type().sql()),
                columns.hasRest() ? Stream.of(Sql.name(Columns.REST) + " VARCHAR") : Stream.of())
            .collect(Collectors.joining(", "));
    execute("CREATE OR REPLACE TABLE items (" + definitions + ")");
    return database.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "items");
  }

  void add(Item item) throws SQLException {
    Map<String, AttributeValue> left = new LinkedHashMap<>(item.attributes());
    rows.beginRow();
    for (Columns.Column column : columns.columns()) {
      AttributeValue value = left.remove(column.attribute());
      if (value == null || column.type().isNull(value)) {
        rows.appendNull();
      } else {
        append(column.type().stored(value));
      }
    }
    if (columns.hasRest()) {
      if (left.isEmpty()) {
        rows.appendNull();
      } else {
        rows.append(AttributeJson.text(left));
      }
    }
    rows.endRow();
    items++;
    total++;
    bytes += item.sizeBytes();
    if (items == ITEMS_MAX || bytes >= BYTES_MAX) {
      finishFile();
      rows = begin();
    }
  }

  private void append(Object stored) throws SQLException {
    switch (stored) {
      case String text -> rows.append(text);
      case Long whole -> rows.append(whole.longValue());
      case BigDecimal decimal -> rows.append(decimal);
      case byte[] binary -> rows.append(binary);
      case Boolean flag -> rows.append(flag.booleanValue());
      case List<?> set -> rows.append(set);
      default -> throw new IllegalArgumentException("no column has " + stored.getClass());
    }
  }

  long items() {
    return total;
  }

  /** Writes the last file; there is one also when there are no items. */
  void finish() throws SQLException {
    if (items > 0 || files == 0) {
      finishFile();
    }
  }

  private void finishFile() throws SQLException {
    rows.close();
    Path file = directory.resolve("part-%05d.parquet".formatted(files));
    execute(
        "COPY items TO "
            + Sql.text(file.toString())
            + " (FORMAT parquet, COMPRESSION zstd, KV_METADATA {'ostraka.columns': "
            + Sql.text(metadata())
            + "})");
    files++;
    items = 0;
    bytes = 0;
  }

  /** Returns what each column is, which its type does not say: a text may be DynamoDB JSON. */
  private String metadata() {
    Map<String, JsonValue> described = new LinkedHashMap<>();
    for (Columns.Column column : columns.columns()) {
      described.put(
          column.name(),
          new JsonValue.Members(
              Map.of(
                  "attribute", new JsonValue.Text(column.attribute()),
                  "values", new JsonValue.Text(column.type().label()))));
    }
    return new String(JsonText.bytes(new JsonValue.Members(described)), StandardCharsets.UTF_8);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}

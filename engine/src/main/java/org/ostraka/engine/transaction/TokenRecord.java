package org.ostraka.engine.transaction;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.TableName;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;

/**
 * The record of a request that was carried out. Stored as an item; part of the format on disk.
 * Immutable.
 *
 * @param digest the digest of what the request asked
 * @param expires when the record expires, to the millisecond
 * @param readUnits what a repetition costs, by table
 */
record TokenRecord(Bytes digest, Instant expires, Map<TableName, Double> readUnits) {
  private static final String DIGEST = "digest";
  private static final String EXPIRES = "expires";
  private static final String READ_UNITS = "readUnits";

  TokenRecord {
    readUnits = Map.copyOf(readUnits);
  }

  /**
   * Reads a row.
   *
   * @throws CorruptDataException when {@link #encoded} cannot have written it
   */
  static TokenRecord of(Row row) {
    Item item = ItemEncoding.decode(row.value());
    try {
      return new TokenRecord(
          value(item, DIGEST, AttributeValue.B.class).value(),
          Instant.ofEpochMilli(
              value(item, EXPIRES, AttributeValue.N.class).value().longValueExact()),
          units(value(item, READ_UNITS, AttributeValue.M.class).values()));
    } catch (ArithmeticException | IllegalArgumentException broken) {
      throw new CorruptDataException("a request's token cannot be read", broken);
    }
  }

  Bytes encoded() {
    Map<String, AttributeValue> units = new LinkedHashMap<>();
    readUnits.forEach((table, count) ->
        units.put(table.value(), new AttributeValue.N(BigDecimal.valueOf(count.longValue()))));
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put(DIGEST, new AttributeValue.B(digest));
    attributes.put(EXPIRES, new AttributeValue.N(BigDecimal.valueOf(expires.toEpochMilli())));
    attributes.put(READ_UNITS, new AttributeValue.M(units));
    return ItemEncoding.encode(new Item(attributes));
  }

  boolean hasExpired(Instant now) {
    return !now.isBefore(expires);
  }

  private static Map<TableName, Double> units(Map<String, AttributeValue> values) {
    Map<TableName, Double> units = new LinkedHashMap<>();
    values.forEach((table, count) -> {
      if (!(count instanceof AttributeValue.N number)) {
        throw new IllegalArgumentException("not a number of units");
      }
      units.put(new TableName(table), number.value().doubleValue());
    });
    return units;
  }

  private static <T extends AttributeValue> T value(Item item, String name, Class<T> type) {
    return item.attribute(name)
        .filter(type::isInstance)
        .map(type::cast)
        .orElseThrow(() -> new CorruptDataException("a request's token lacks its " + name));
  }
}

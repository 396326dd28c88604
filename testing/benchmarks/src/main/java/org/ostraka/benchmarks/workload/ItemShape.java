package org.ostraka.benchmarks.workload;

import org.ostraka.benchmarks.load.Request;

/**
 * An item of a fixed size: its key attributes and {@code f0}, {@code f1}, ... with text. Immutable.
 *
 * @param bytes the size as the API counts it: names and values
 * @param attributes beside the key
 */
public record ItemShape(int bytes, int attributes) {
  static final int KEY_DIGITS = 12;

  private static final int MAX_ATTRIBUTES = 100;
  private static final int MAX_BYTES = 400 * 1024;

  /** The names and values of the key of the greater kind: {@code pk} and {@code sk}. */
  private static final int KEY_BYTES = 2 * (2 + KEY_DIGITS);

  private static final int NAME_BYTES = 3;

  /** Refuses a size that the attributes do not fit in. */
  public ItemShape {
    if (attributes < 1 || attributes > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException("an item has 1 to 100 attributes, not " + attributes);
    }
    int least = KEY_BYTES + attributes * (NAME_BYTES + 1);
    if (bytes < least || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "an item with %d attributes has %d to %d bytes, not %d"
              .formatted(attributes, least, MAX_BYTES, bytes));
    }
  }

  /** Fields in a template for the item: its number or its two, and each text. */
  int fields(Table table) {
    return table.keyFields() + attributes;
  }

  /** The item's JSON with fields, as templates have them. */
  String json(Table table) {
    StringBuilder json = new StringBuilder("{").append(table.keyJson());
    int rest = bytes - table.keyBytes();
    for (int i = 0; i < attributes; i++) {
      String name = "f" + i;
      int share = rest / (attributes - i);
      json.append(",\"%s\":{\"S\":\"@t%d@\"}".formatted(name, share - name.length()));
      rest -= share;
    }
    return json.append('}').toString();
  }

  /** How long the text of the first attribute is. */
  int firstTextBytes(Table table) {
    return (bytes - table.keyBytes()) / attributes - 2;
  }

  /** Sets the item's fields from this one on, its texts from this offset on; the next field. */
  int fill(Request request, int firstField, Table table, long key, int text) {
    int field = table.fillKey(request, firstField, key, this);
    int offset = text;
    for (int i = 0; i < attributes; i++) {
      offset = request.text(field, offset);
      field++;
    }
    return field;
  }

  /** Rows of a partition, of which a page of 1 MB leaves some over. */
  int rowsPerPartition() {
    return (1 << 20) / bytes * 9 / 8 + 1;
  }
}

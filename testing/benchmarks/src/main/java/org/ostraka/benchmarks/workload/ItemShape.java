package org.ostraka.benchmarks.workload;

import org.ostraka.benchmarks.load.Request;

/**
 * An item of a fixed size: its key attributes and {@code f0}, {@code f1}, ... with text. Immutable.
 *
 * @param bytes the size as the API counts it: the bytes of names and values
 * @param attributes the number of attributes beside the key
 */
public record ItemShape(int bytes, int attributes) {
  static final int KEY_DIGITS = 12;

  private static final int MAX_ATTRIBUTES = 100;
  private static final int MAX_BYTES = 400 * 1024;

  /** The bytes of the names and values of the longer key: {@code pk} and {@code sk}. */
  private static final int KEY_BYTES = 2 * (2 + KEY_DIGITS);

  private static final int NAME_BYTES = 3;

  /** Refuses a size that is too small for the attributes, or too large. */
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

  /**
   * Returns the number of fields of the item in a template: one or two numbers for the key, and a
   * text for each attribute.
   */
  int fields(Table table) {
    return table.keyFields() + attributes;
  }

  /** Returns the item's JSON with the fields of a template. */
  String json(Table table) {
    StringBuilder json = new StringBuilder("{").append(table.keyJson()).append(table.fixedJson());
    int rest = bytes - table.keyBytes();
    for (int i = 0; i < attributes; i++) {
      String name = "f" + i;
      int share = rest / (attributes - i);
      json.append(",\"%s\":{\"S\":\"@t%d@\"}".formatted(name, share - name.length()));
      rest -= share;
    }
    return json.append('}').toString();
  }

  /** Returns the length of the first attribute's text. */
  int firstTextBytes(Table table) {
    return (bytes - table.keyBytes()) / attributes - 2;
  }

  /**
   * Sets the item's fields from this one on, with texts from this offset on; returns the next
   * field.
   */
  int fill(Request request, int firstField, Table table, long key, int text) {
    int field = table.fillKey(request, firstField, key, this);
    int offset = text;
    for (int i = 0; i < attributes; i++) {
      offset = request.text(field, offset);
      field++;
    }
    return field;
  }

  /** Returns the rows of a partition, which are more than fit in a page of 1 MB. */
  int rowsPerPartition() {
    return (1 << 20) / bytes * 9 / 8 + 1;
  }
}

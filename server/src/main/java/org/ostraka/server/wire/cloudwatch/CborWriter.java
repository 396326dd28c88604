package org.ostraka.server.wire.cloudwatch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;

/**
 * Writes documents in CBOR (RFC 8949): numbers are doubles, times have the tag of times. One use,
 * one thread.
 */
final class CborWriter {
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int EPOCH_TIME = 0xc1;
  private static final int DOUBLE = 0xfb;
  private static final int FALSE = 0xf4;
  private static final int TRUE = 0xf5;
  private static final double MILLIS_PER_SECOND = 1_000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private CborWriter() {}

  static byte[] write(Document document) {
    CborWriter writer = new CborWriter();
    writer.value(document);
    return writer.bytes.toByteArray();
  }

  private void value(Document document) {
    switch (document) {
      case Document.Text(String value) -> text(value);
      case Document.Numeric(double value) -> number(value);
      case Document.Flag(boolean value) -> bytes.write(value ? TRUE : FALSE);
      case Document.Time(var time) -> {
        bytes.write(EPOCH_TIME);
        number(time.toEpochMilli() / MILLIS_PER_SECOND);
      }
      case Document.Several(var elements) -> {
        head(ARRAY, elements.size());
        elements.forEach(this::value);
      }
      case Document.Structure(var members) -> map(members);
      case Document.Entries(var entries) -> map(entries);
    }
  }

  private void map(SequencedMap<String, Document> members) {
    head(MAP, members.size());
    members.forEach((name, value) -> {
      text(name);
      value(value);
    });
  }

  private void text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    head(TEXT, encoded.length);
    bytes.writeBytes(encoded);
  }

  private void number(double value) {
    bytes.write(DOUBLE);
    big(Double.doubleToLongBits(value), Long.BYTES);
  }

  private void head(int type, int argument) {
    int high = type << 5;
    if (argument < 24) {
      bytes.write(high | argument);
    } else if (argument < 1 << Byte.SIZE) {
      bytes.write(high | 24);
      big(argument, Byte.BYTES);
    } else if (argument < 1 << Short.SIZE) {
      bytes.write(high | 25);
      big(argument, Short.BYTES);
    } else {
      bytes.write(high | 26);
      big(argument, Integer.BYTES);
    }
  }

  private void big(long value, int size) {
    for (int shift = (size - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes.write((int) (value >>> shift));
    }
  }
}

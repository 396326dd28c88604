package org.ostraka.engine.change;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ostraka.engine.encoding.PrincipalText;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.storage.CorruptDataException;

/**
 * A change of one item, as a record of its table's log. The store adds when it happened, where, and
 * by which decision ({@link org.ostraka.storage.LogRecord}). Immutable.
 *
 * @param actor who made the change
 * @param key the attributes of the item's key, as {@link org.ostraka.engine.encoding.ItemEncoding}
 *     stores an item
 * @param before the item before the change, if there was one and the log shows it
 * @param after the item after the change, if there is one and the log shows it
 * @param kind what happened to the item
 */
public record ChangeRecord(
    TableArn table,
    Principal actor,
    Kind kind,
    Bytes key,
    Optional<Bytes> before,
    Optional<Bytes> after) {
  private static final byte FORMAT = 1;
  private static final int ABSENT = -1;

  /** What happened to the item. */
  public enum Kind {
    INSERT(0),
    MODIFY(1),
    REMOVE(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw broken();
    }
  }

  /**
   * Returns the record as bytes. Part of the format on disk: the format, 1; the kind; then table,
   * actor, key, and the item before and after, each as its length in four bytes, -1 for none, and
   * its bytes.
   */
  public Bytes encoded() {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(sink)) {
      out.writeByte(FORMAT);
      out.writeByte(kind.code);
      write(out, text(table.toString()));
      write(out, text(PrincipalText.of(actor)));
      write(out, Optional.of(key));
      write(out, before);
      write(out, after);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Bytes.wrap(sink.toByteArray());
  }

  /**
   * Reads a record.
   *
   * @throws CorruptDataException when the bytes are not a record
   */
  public static ChangeRecord of(Bytes encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded.array());
    try {
      if (in.get() != FORMAT) {
        throw new CorruptDataException("a change record has an unknown format");
      }
      Kind kind = Kind.of(in.get());
      TableArn table = TableArn.parse(text(required(in))).orElseThrow(ChangeRecord::broken);
      Principal actor = PrincipalText.principal(text(required(in)));
      Bytes key = required(in);
      ChangeRecord record = new ChangeRecord(table, actor, kind, key, read(in), read(in));
      if (in.hasRemaining()) {
        throw broken();
      }
      return record;
    } catch (BufferUnderflowException damage) {
      throw new CorruptDataException("a change record ends too early", damage);
    }
  }

  private static void write(DataOutputStream out, Optional<Bytes> part) throws IOException {
    if (part.isEmpty()) {
      out.writeInt(ABSENT);
      return;
    }
    byte[] bytes = part.get().array();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static Optional<Bytes> read(ByteBuffer in) {
    int length = in.getInt();
    if (length == ABSENT) {
      return Optional.empty();
    }
    if (length < 0 || length > in.remaining()) {
      throw broken();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Optional.of(Bytes.wrap(bytes));
  }

  private static Bytes required(ByteBuffer in) {
    return read(in).orElseThrow(ChangeRecord::broken);
  }

  private static Optional<Bytes> text(String value) {
    return Optional.of(Bytes.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(Bytes value) {
    return new String(value.array(), StandardCharsets.UTF_8);
  }

  private static CorruptDataException broken() {
    return new CorruptDataException("a change record cannot be read");
  }
}

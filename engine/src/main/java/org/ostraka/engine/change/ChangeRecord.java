package org.ostraka.engine.change;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /** Bytes of format, kind, and the lengths of five parts. */
  private static final int HEAD_BYTES = 2 + 5 * Integer.BYTES;

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
    byte[] arn = table.toString().getBytes(StandardCharsets.UTF_8);
    byte[] who = PrincipalText.of(actor).getBytes(StandardCharsets.UTF_8);
    int bytes =
        HEAD_BYTES
            + arn.length
            + who.length
            + key.sizeBytes()
            + before.map(Bytes::sizeBytes).orElse(0)
            + after.map(Bytes::sizeBytes).orElse(0);
    ByteBuffer out = ByteBuffer.allocate(bytes).put(FORMAT).put((byte) kind.code);
    write(out, arn);
    write(out, who);
    write(out, key.array());
    write(out, before);
    write(out, after);
    return Bytes.wrap(out.array());
  }

  /**
   * Reads a record.
   *
   * @throws CorruptDataException when the bytes are not a record
   */
  public static ChangeRecord of(Bytes encoded) {
    return new Reader().read(encoded);
  }

  /**
   * Reads records of one log. They name the same table and mostly the same actor, which are made
   * again only when their text is another one than that of the record before. One thread.
   */
  public static final class Reader {
    private Bytes tableText = Bytes.EMPTY;
    private @Nullable TableArn table;
    private Bytes actorText = Bytes.EMPTY;
    private @Nullable Principal actor;

    /**
     * Reads a record.
     *
     * @throws CorruptDataException when the bytes are not a record
     */
    public ChangeRecord read(Bytes encoded) {
      ByteBuffer in = ByteBuffer.wrap(encoded.array());
      try {
        if (in.get() != FORMAT) {
          throw new CorruptDataException("a change record has an unknown format");
        }
        Kind kind = Kind.of(in.get());
        TableArn arn = table(required(in));
        Principal who = actor(required(in));
        Bytes key = required(in);
        ChangeRecord record =
            new ChangeRecord(arn, who, kind, key, ChangeRecord.read(in), ChangeRecord.read(in));
        if (in.hasRemaining()) {
          throw broken();
        }
        return record;
      } catch (BufferUnderflowException damage) {
        throw new CorruptDataException("a change record ends too early", damage);
      }
    }

    private TableArn table(Bytes text) {
      TableArn known = table;
      if (known == null || !text.equals(tableText)) {
        known = TableArn.parse(text(text)).orElseThrow(ChangeRecord::broken);
        table = known;
        tableText = text;
      }
      return known;
    }

    private Principal actor(Bytes text) {
      Principal known = actor;
      if (known == null || !text.equals(actorText)) {
        known = PrincipalText.principal(text(text));
        actor = known;
        actorText = text;
      }
      return known;
    }
  }

  private static void write(ByteBuffer out, Optional<Bytes> part) {
    if (part.isPresent()) {
      write(out, part.get().array());
    } else {
      out.putInt(ABSENT);
    }
  }

  private static void write(ByteBuffer out, byte[] part) {
    out.putInt(part.length).put(part);
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

  private static String text(Bytes value) {
    return new String(value.array(), StandardCharsets.UTF_8);
  }

  private static CorruptDataException broken() {
    return new CorruptDataException("a change record cannot be read");
  }
}

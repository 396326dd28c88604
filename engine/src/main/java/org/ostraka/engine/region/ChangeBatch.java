package org.ostraka.engine.region;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.model.Bytes;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/**
 * Changes of items of one replica, on their way to another one. Immutable.
 *
 * @param to the replica that gets them
 * @param from the region that sends them
 * @param global the id of the global table
 */
public record ChangeBatch(TableArn to, Region from, UUID global, List<Change> changes) {
  private static final int ABSENT = -1;

  /** The lengths of two names, the id, and the number of changes. */
  private static final int HEADER_BYTES = 2 * Short.BYTES + 2 * Long.BYTES + Integer.BYTES;

  /** The version of a change, and the lengths of its key and its item. */
  private static final int CHANGE_BYTES = Long.BYTES + 3 * Integer.BYTES;

  /** The maximum number of changes in a batch. */
  public static final int MAX_CHANGES = 10_000;

  public ChangeBatch {
    changes = List.copyOf(changes);
    if (changes.size() > MAX_CHANGES) {
      throw new IllegalArgumentException("a batch has " + MAX_CHANGES + " changes at most");
    }
  }

  /**
   * A change of an item. Immutable.
   *
   * @param version when and where it was made
   * @param key the attributes of the item's key as the engine stores an item
   * @param item the item after the change, likewise; absent when it was deleted
   */
  public record Change(Version version, Bytes key, Optional<Bytes> item) {}

  /** Returns a batch of other changes on the same way. */
  public ChangeBatch with(List<Change> others) {
    return new ChangeBatch(to, from, global, others);
  }

  /** Writes the batch. Part of the protocol between regions. */
  public void writeTo(DataOutputStream out) throws IOException {
    out.writeUTF(to.toString());
    out.writeUTF(from.value());
    out.writeLong(global.getMostSignificantBits());
    out.writeLong(global.getLeastSignificantBits());
    out.writeInt(changes.size());
    for (Change change : changes) {
      out.writeLong(change.version().stamp().value());
      out.writeInt(change.version().origin().id());
      write(out, change.key());
      if (change.item().isPresent()) {
        write(out, change.item().get());
      } else {
        out.writeInt(ABSENT);
      }
    }
  }

  /** Returns the batch as bytes; see {@link #writeTo}. */
  public byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(sizeBytes());
    try {
      writeTo(new DataOutputStream(bytes));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Returns an upper bound of the encoded bytes: names have at most three bytes a character. */
  private int sizeBytes() {
    int sum = HEADER_BYTES + 3 * (to.toString().length() + from.value().length());
    for (Change change : changes) {
      sum +=
          CHANGE_BYTES + change.key().sizeBytes() + change.item().map(Bytes::sizeBytes).orElse(0);
    }
    return sum;
  }

  /**
   * Reads a batch.
   *
   * @throws IOException when the bytes are none
   */
  public static ChangeBatch read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      TableArn to = TableArn.parse(in.readUTF()).orElseThrow(IllegalArgumentException::new);
      Region from = new Region(in.readUTF());
      UUID global = new UUID(in.readLong(), in.readLong());
      int count = in.readInt();
      if (count < 0 || count > MAX_CHANGES) {
        throw new IOException("a batch with too many changes");
      }
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Version version = new Version(new Stamp(in.readLong()), new Origin(in.readInt()));
        Bytes key = bytes(in, in.readInt());
        int length = in.readInt();
        changes.add(
            new Change(
                version,
                key,
                length == ABSENT ? Optional.empty() : Optional.of(bytes(in, length))));
      }
      return new ChangeBatch(to, from, global, changes);
    } catch (IllegalArgumentException broken) {
      throw new IOException("a batch of changes cannot be read", broken);
    }
  }

  private static void write(DataOutputStream out, Bytes part) throws IOException {
    out.writeInt(part.sizeBytes());
    out.write(part.array());
  }

  private static Bytes bytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new IOException("a part is longer than its batch");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return Bytes.wrap(bytes);
  }
}

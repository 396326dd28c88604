package org.ostraka.storage.encryption;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.ostraka.model.Bytes;
import org.ostraka.secret.MasterKey;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * A wrapped key as it is stored: part of the format on disk. Immutable.
 *
 * <pre>
 * row in the space of keys: partition = space(8), sort = version(4)
 * value: format(1) made at, in milliseconds(8) length of the master key's id(2) its id wrapped key
 * </pre>
 *
 * @param version 0 for the key of partitions; data keys count from 1 on
 * @param masterId the master key that wrapped it
 */
record StoredKeyRow(Space space, int version, Instant made, String masterId, Bytes wrapped) {
  /** The version of the key that encrypts partitions. */
  static final int PARTITIONS = 0;

  private static final byte FORMAT = 1;

  /** Wraps a key. */
  static StoredKeyRow of(MasterKey master, Space space, int version, Instant made, byte[] key) {
    return new StoredKeyRow(
        space, version, made, master.id(), master.wrap(key, context(space, version)));
  }

  /**
   * Reads a row.
   *
   * @throws CorruptDataException when it is none
   */
  static StoredKeyRow of(Row row) {
    try {
      Space space = new Space(ByteBuffer.wrap(row.key().partition().array()).getLong());
      int version = ByteBuffer.wrap(row.key().sort().array()).getInt();
      ByteBuffer value = ByteBuffer.wrap(row.value().array());
      if (value.get() != FORMAT) {
        throw new CorruptDataException("a wrapped key has an unknown format");
      }
      Instant made = Instant.ofEpochMilli(value.getLong());
      byte[] id = new byte[Short.toUnsignedInt(value.getShort())];
      value.get(id);
      byte[] wrapped = new byte[value.remaining()];
      value.get(wrapped);
      String masterId = new String(id, StandardCharsets.UTF_8);
      return new StoredKeyRow(space, version, made, masterId, Bytes.wrap(wrapped));
    } catch (BufferUnderflowException tooShort) {
      throw new CorruptDataException("a wrapped key is too short", tooShort);
    }
  }

  /** Returns the place of a space's key. */
  static RowKey place(Space space, int version) {
    return new RowKey(
        EncryptedStore.KEYS,
        partition(space),
        Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(version).array()));
  }

  /** Returns the partition that has all keys of a space. */
  static Bytes partition(Space space) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(space.id()).array());
  }

  RowKey place() {
    return place(space, version);
  }

  Bytes value() {
    byte[] id = masterId.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Long.BYTES + Short.BYTES + id.length + wrapped.sizeBytes())
            .put(FORMAT)
            .putLong(made.toEpochMilli())
            .putShort((short) id.length)
            .put(id)
            .put(wrapped.array())
            .array());
  }

  /** Unwraps the key; throws {@link org.ostraka.secret.MasterKeyException}. */
  byte[] key(MasterKey master) {
    return master.unwrap(wrapped, context(space, version));
  }

  /** Returns the same key, unwrapped by the key that wrapped it, and wrapped by another one. */
  StoredKeyRow wrappedAgain(MasterKey before, MasterKey master) {
    return of(master, space, version, made, key(before));
  }

  private static String context(Space space, int version) {
    return "space " + space.id() + " key " + version;
  }
}

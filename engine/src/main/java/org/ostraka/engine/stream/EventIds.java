package org.ostraka.engine.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.TableArn;

/**
 * The ids of records: the name-based UUID (RFC 9562, version 3) of the table's ARN and the sequence
 * number, as 32 hexadecimal digits. So every reading of a record gives it the same id. One thread.
 */
final class EventIds {
  private static final int VERSION_BYTE = 6;
  private static final int VERSION = 3 << 4;
  private static final int VERSION_MASK = 0x0F;
  private static final int VARIANT_BYTE = 8;
  private static final int VARIANT = 0x80;
  private static final int VARIANT_MASK = 0x3F;

  private final MessageDigest digest = md5();
  private byte[] prefix = {};
  private @Nullable TableArn table;

  /** Returns the id of a record of a table. */
  String of(TableArn table, String sequenceNumber) {
    if (!table.equals(this.table)) {
      this.table = table;
      prefix = (table + "/").getBytes(StandardCharsets.US_ASCII);
    }
    digest.update(prefix);
    byte[] id = digest.digest(sequenceNumber.getBytes(StandardCharsets.US_ASCII));
    id[VERSION_BYTE] = (byte) ((id[VERSION_BYTE] & VERSION_MASK) | VERSION);
    id[VARIANT_BYTE] = (byte) ((id[VARIANT_BYTE] & VARIANT_MASK) | VARIANT);
    return HexFormat.of().formatHex(id);
  }

  /** Every Java platform has MD5. */
  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}

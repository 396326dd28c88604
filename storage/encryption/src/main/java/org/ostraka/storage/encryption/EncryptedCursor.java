package org.ostraka.storage.encryption;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;

/**
 * A cursor that decrypts the rows of another one. One thread at a time.
 *
 * @param decryption throws {@link org.ostraka.storage.CorruptDataException} for a row that was
 *     changed
 */
record EncryptedCursor(Cursor cursor, UnaryOperator<Row> decryption) implements Cursor {
  @Override
  public Optional<Row> next() {
    return cursor.next().map(decryption);
  }

  @Override
  public void close() {
    cursor.close();
  }
}

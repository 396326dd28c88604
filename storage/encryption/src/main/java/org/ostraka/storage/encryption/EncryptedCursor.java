package org.ostraka.storage.encryption;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;
import org.ostraka.storage.StorageFailedException;

/** A cursor that decrypts the rows of another one. One thread at a time. */
final class EncryptedCursor implements Cursor {
  private final Cursor cursor;
  private final UnaryOperator<Row> decryption;
  private @Nullable StorageFailedException failure;

  /**
   * Makes the cursor.
   *
   * @param decryption throws {@link org.ostraka.storage.CorruptDataException} for a row that was
   *     changed, and {@link StorageFailedException} when keys cannot be had
   */
  EncryptedCursor(Cursor cursor, UnaryOperator<Row> decryption) {
    this.cursor = cursor;
    this.decryption = decryption;
  }

  @Override
  public Optional<Row> next() {
    if (failure != null) {
      throw failure;
    }
    try {
      return cursor.next().map(decryption);
    } catch (StorageFailedException failed) {
      // The row was taken from the cursor below: the next call would leave it out.
      failure = failed;
      throw failed;
    }
  }

  @Override
  public void close() {
    cursor.close();
  }
}

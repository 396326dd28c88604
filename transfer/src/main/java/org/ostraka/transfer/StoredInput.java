package org.ostraka.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.ostraka.storage.StorageFailedException;

/**
 * Reads an object and tells a bucket that fails from content that is broken: only the first is a
 * {@link StorageFailedException}, which is tried again. One thread.
 */
final class StoredInput extends FilterInputStream {
  StoredInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() {
    try {
      return in.read();
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  @Override
  public int read(byte[] array, int offset, int length) {
    try {
      return in.read(array, offset, length);
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  private static StorageFailedException failed(IOException failure) {
    return new StorageFailedException("an object cannot be read: " + failure.getMessage(), failure);
  }
}

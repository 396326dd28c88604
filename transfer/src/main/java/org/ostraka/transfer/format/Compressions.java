package org.ostraka.transfer.format;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.ostraka.model.ImportDescription;

/** Decompresses files. Stateless. */
public final class Compressions {
  private static final int BUFFER_BYTES = 128 << 10;

  private Compressions() {}

  /**
   * Opens the content of a file.
   *
   * @throws IOException when it is not compressed so
   */
  public static InputStream open(InputStream file, ImportDescription.Compression how)
      throws IOException {
    return switch (how) {
      case NONE -> new BufferedInputStream(file, BUFFER_BYTES);
      case GZIP -> new GZIPInputStream(file, BUFFER_BYTES);
      case ZSTD -> new ZstdInputStream(new BufferedInputStream(file, BUFFER_BYTES));
    };
  }
}

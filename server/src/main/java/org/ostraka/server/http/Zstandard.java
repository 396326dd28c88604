package org.ostraka.server.http;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compression with Zstandard (RFC 8878), for bodies of Ostraka's own protocols. The API does not
 * take it, since the service does not. Any thread.
 */
public final class Zstandard {
  private static final Logger LOG = LoggerFactory.getLogger(Zstandard.class);

  /** The value of the Content-Encoding field. */
  public static final String NAME = "zstd";

  /** The level at which compression takes little time. */
  private static final int LEVEL = 1;

  private static final boolean AVAILABLE = load();

  private Zstandard() {}

  /**
   * Returns whether bodies can be compressed so: the library's native code has to be loaded from
   * the directory for temporary files.
   */
  public static boolean isAvailable() {
    return AVAILABLE;
  }

  private static boolean load() {
    try {
      Native.load();
      return true;
    } catch (LinkageError unavailable) {
      LOG.warn("Zstandard cannot be loaded, and gzip is used instead", unavailable);
      return false;
    }
  }

  /** Returns bytes as a frame that names their number. */
  public static byte[] compressed(byte[] bytes) {
    return Zstd.compress(bytes, LEVEL);
  }

  /**
   * Returns the number of bytes that a frame claims to hold.
   *
   * @throws ZipException when it is no frame, or claims nothing
   */
  static long sizeBytes(byte[] frame) throws ZipException {
    long size = Zstd.getFrameContentSize(frame);
    if (size <= 0) {
      throw new ZipException("no frame that names its size");
    }
    return size;
  }

  /**
   * Returns the bytes of a frame.
   *
   * @param size as many as it claims
   * @throws ZipException when there are more or fewer, or the frame is damaged
   */
  static byte[] decompressed(byte[] frame, int size) throws ZipException {
    byte[] bytes = new byte[size];
    try {
      if (Zstd.decompressByteArray(bytes, 0, size, frame, 0, frame.length) == size) {
        return bytes;
      }
    } catch (ZstdException damaged) {
      throw asZipException(damaged);
    }
    throw new ZipException("a frame has fewer bytes than it claims");
  }

  private static ZipException asZipException(ZstdException cause) {
    ZipException damaged = new ZipException(cause.getMessage());
    damaged.initCause(cause);
    return damaged;
  }
}

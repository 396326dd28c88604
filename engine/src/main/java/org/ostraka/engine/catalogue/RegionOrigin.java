package org.ostraka.engine.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.ostraka.model.Region;
import org.ostraka.storage.Origin;

/**
 * The number of a region in versions, which every server computes alike from the region's name: the
 * first four bytes of its SHA-256. Part of the format on disk. Stateless.
 */
public final class RegionOrigin {
  private RegionOrigin() {}

  /** Returns the number of a region. */
  public static Origin of(Region region) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(region.toString().getBytes(StandardCharsets.UTF_8));
      return new Origin(ByteBuffer.wrap(hash).getInt());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

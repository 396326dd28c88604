package org.ostraka.server.config;

import java.net.URI;
import java.nio.file.Path;

/** Where backups and archived changes are. Immutable. */
public sealed interface ArchivePlace {
  /** In a directory. */
  record InDirectory(Path path) implements ArchivePlace {}

  /**
   * In a bucket of an S3 service.
   *
   * @param region the region that requests are signed for
   * @param prefix the beginning of all keys, without a slash at its end; empty for none
   */
  record InS3(URI endpoint, String region, String bucket, String prefix) implements ArchivePlace {}
}

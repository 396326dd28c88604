package org.ostraka.server.config;

import java.net.URI;
import java.nio.file.Path;

/** Where the buckets are that tables are exported to and imported from. Immutable. */
public sealed interface BucketPlace {
  /** In a directory, which has a directory for each bucket. */
  record InDirectory(Path path) implements BucketPlace {}

  /**
   * In an S3 service.
   *
   * @param region the region that requests are signed for
   */
  record InS3(URI endpoint, String region) implements BucketPlace {}
}

package org.ostraka.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.config.ArchivePlace;
import org.ostraka.server.region.PeerConnections;

/** The option that says where backups and archived changes are. Stateless. */
final class ArchiveOptions {
  static final Option<Optional<String>> ARCHIVE =
      Option.optional(
          "--archive",
          Kind.text("PLACE"),
          "The place of backups and archived changes: a directory (default: archive in the data"
              + " directory; none with --store, where all servers must share it), or"
              + " s3://BUCKET/PREFIX in the service of --s3-endpoint.");

  /** The names of buckets, and keys that need no escapes ("Bucket naming rules" in S3's guide). */
  private static final Pattern S3 =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9!_.*'()/-]*?))?/*");

  private ArchiveOptions() {}

  /**
   * Returns where the archive is.
   *
   * @param endpoint the S3 service, if one is named
   * @param region the region that requests are signed for
   */
  static ArchivePlace place(String text, Optional<URI> endpoint, String region) {
    if (!text.startsWith("s3:")) {
      return new ArchivePlace.InDirectory(Path.of(text));
    }
    Matcher matcher = S3.matcher(text);
    if (!matcher.matches()) {
      throw new BadArgumentsException(
          "--archive is a directory or like s3://bucket/prefix, not: " + text);
    }
    return new ArchivePlace.InS3(
        endpoint.orElseThrow(
            () -> new BadArgumentsException("--archive " + text + " needs --s3-endpoint")),
        region,
        matcher.group(1),
        Optional.ofNullable(matcher.group(2)).orElse(""));
  }

  /**
   * Reads the URL of the S3 service.
   *
   * @param insecure whether it may be another machine without encryption
   */
  static URI s3Endpoint(String text, boolean insecure) {
    URI url = ServeCommand.endpoint("--s3-endpoint", text);
    if (!PeerConnections.isSafe(url) && !insecure) {
      throw new BadArgumentsException(
          "--s3-endpoint is not encrypted: "
              + url
              + "; https encrypts it, and --insecure does without");
    }
    return url;
  }

  /** Returns the region that requests to S3 are signed for unless another one is chosen. */
  static String region(Map<String, String> environment) {
    return environment.getOrDefault("AWS_REGION", "us-east-1");
  }
}

package org.ostraka.cli;

import static org.ostraka.cli.Answers.text;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ostraka.cli.analytics.Analytics;
import org.ostraka.cli.analytics.AnalyticsException;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.Item;
import org.ostraka.options.Arguments;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.transfer.bucket.BucketException;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.bucket.DirectoryBuckets;
import org.ostraka.transfer.format.Compressions;
import org.ostraka.transfer.format.ImportedRecord;
import org.ostraka.transfer.s3.S3Buckets;
import org.ostraka.transfer.wire.JsonItemReader;

/**
 * Makes Parquet files of an export in DynamoDB JSON, which it reads from its bucket. One thread.
 */
record ParquetExport(Analytics analytics, Buckets buckets, Path directory) {
  static final String FORMAT = "parquet";

  private static final Option<Optional<Path>> INTO =
      Option.optional(
          "--into",
          Kind.path("DIRECTORY"),
          "For parquet: the directory to make for its files (default: the table's name in the"
              + " working directory).");

  private static final Option<Path> BUCKETS =
      Option.withDefault(
          "--buckets",
          Kind.path("DIRECTORY"),
          "ostraka-data/buckets",
          "For parquet: the server's directory of buckets.");

  private static final Option<Optional<String>> S3_ENDPOINT =
      Option.optional(
          "--s3-endpoint",
          Kind.text("URL"),
          "For parquet: the S3 service that has the buckets, instead of --buckets.");

  static final List<Option<?>> OPTIONS = List.of(INTO, BUCKETS, S3_ENDPOINT);

  /**
   * Returns the export that these arguments ask for.
   *
   * @throws CallException when the library is absent, or the directory is there already
   */
  static ParquetExport of(Arguments given, String table) {
    Path directory =
        given.get(INTO).orElseGet(() -> Path.of(table.substring(table.lastIndexOf('/') + 1)));
    if (Files.exists(directory)) {
      throw new CallException(directory + " exists already; --into names another directory");
    }
    String region = System.getenv().getOrDefault("AWS_REGION", "us-east-1");
    Buckets buckets =
        given
            .get(S3_ENDPOINT)
            .<Buckets>map(url -> S3Buckets.at(endpoint(url), region))
            .orElseGet(() -> new DirectoryBuckets(given.get(BUCKETS)));
    try {
      return new ParquetExport(Analytics.load(), buckets, directory);
    } catch (AnalyticsException absent) {
      throw new CallException(String.valueOf(absent.getMessage()));
    }
  }

  private static URI endpoint(String url) {
    return ServeCommand.endpoint(S3_ENDPOINT.name(), url);
  }

  /**
   * Makes the files of an export that is completed, and returns how many items they have.
   *
   * @param export the export's description
   */
  long convert(JsonValue export, StatusWait wait) {
    BucketName bucket = new BucketName(text(export, "S3Bucket"), Optional.empty());
    String data = text(export, "ExportManifest").replaceFirst("[^/]*$", "data/");
    try {
      return analytics.write(
          each -> readAll(bucket, data, each),
          directory,
          items -> wait.show(directory + ": " + items + " items"));
    } catch (AnalyticsException | StorageFailedException failed) {
      throw new CallException(String.valueOf(failed.getMessage()));
    } catch (BucketException unreadable) {
      throw new CallException(
          "the export cannot be read ("
              + unreadable.getMessage()
              + "); --buckets or --s3-endpoint names the server's buckets");
    }
  }

  private void readAll(BucketName bucket, String prefix, Consumer<Item> each) throws IOException {
    List<Buckets.Listed> listed = buckets.list(bucket, prefix, Optional.empty());
    while (!listed.isEmpty()) {
      for (Buckets.Listed object : listed) {
        read(bucket, object.key(), each);
      }
      listed = buckets.list(bucket, prefix, Optional.of(listed.getLast().key()));
    }
  }

  private void read(BucketName bucket, String key, Consumer<Item> each) throws IOException {
    try (InputStream content =
        Compressions.open(buckets.read(bucket, key), ImportDescription.Compression.GZIP)) {
      JsonItemReader reader = JsonItemReader.ofItems(content);
      for (Optional<ImportedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        switch (next.get()) {
          case ImportedRecord.Good(Item item, _) -> each.accept(item);
          case ImportedRecord.Bad(List<String> problems) -> throw new IOException(key + problems);
          case ImportedRecord.Unreadable(String problem) ->
              throw new IOException(key + ": " + problem);
        }
      }
    }
  }
}

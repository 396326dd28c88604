package org.ostraka.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.engine.backup.BackupCheck;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.engine.lease.SharedFormat;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.secret.TableKeys;
import org.ostraka.server.MasterKeys;
import org.ostraka.server.config.ArchivePlace;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.DirectoryArchive;
import org.ostraka.storage.encryption.EncryptedStore;
import org.ostraka.storage.encryption.SealedArchive;
import org.ostraka.storage.postgresql.PostgresSettings;
import org.ostraka.storage.postgresql.PostgresStore;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import org.ostraka.storage.rocksdb.VolumeThreads;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.transfer.bucket.BucketArchive;
import org.ostraka.transfer.s3.S3Buckets;

/**
 * {@code ostraka check}: verifies all data in a directory or a database; changes nothing unless it
 * is asked to repair.
 */
final class CheckCommand {
  private static final Option<Optional<String>> S3_ENDPOINT =
      Option.optional(
          "--s3-endpoint",
          Kind.text("URL"),
          "The S3 service of --archive s3://BUCKET/PREFIX. Credentials are found as the AWS SDK"
              + " finds them.");

  private static final Option<Optional<String>> S3_REGION =
      Option.optional(
          "--s3-region",
          Kind.text("REGION"),
          "The region that requests to --s3-endpoint are signed for: the first of the server's"
              + " --regions (default: AWS_REGION, or us-east-1).");

  private static final Option<Boolean> INSECURE =
      Option.flag("--insecure", "Lets --s3-endpoint be another machine without encryption.");

  private static final Option<Boolean> REPAIR =
      Option.flag(
          "--repair",
          "Repair a damaged data directory: keep what is whole, and list what is lost. The old"
              + " files are kept in before-repair-1 in the data directory, so as much room is"
              + " needed again.");
  private static final Option<Boolean> DISCARD =
      Option.flag("--discard-originals", "With --repair: remove the old files at the end.");

  static final Command COMMAND =
      new Command(
          "ostraka check",
          List.of(
              "Verifies the data in a directory, or in a database, and changes nothing unless"
                  + " --repair is given."),
          List.of(
              new Parameter(
                  "DIR",
                  false,
                  "The data directory; no server may be using it. Or --store names a database, to"
                      + " which no server may be writing.")),
          options(),
          CheckCommand::run);

  private static final int FAILED = 1;

  private CheckCommand() {}

  private static List<Option<?>> options() {
    List<Option<?>> all = new ArrayList<>(StoreOptions.FOR_READING);
    all.addAll(MasterKeyOptions.ALL);
    all.add(ArchiveOptions.ARCHIVE);
    all.add(S3_ENDPOINT);
    all.add(S3_REGION);
    all.add(INSECURE);
    all.add(REPAIR);
    all.add(DISCARD);
    return all;
  }

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    Optional<Path> path = given.parameter().map(Path::of);
    Optional<PostgresSettings> database =
        path.isPresent() && given.get(StoreOptions.STORE).isEmpty()
            ? Optional.empty()
            : StoreOptions.settings(given, System.getenv());
    if (path.isPresent() == database.isPresent()) {
      throw new BadArgumentsException("name either a data directory or a database with --store");
    }
    requireUsed(given);
    if (given.get(DISCARD) && !given.get(REPAIR)) {
      throw new BadArgumentsException("--discard-originals needs --repair");
    }
    if (given.get(REPAIR) && database.isPresent()) {
      throw new BadArgumentsException(
          "--repair works on a data directory: a database repairs its own files, and its rows are"
              + " restored from its own backups");
    }
    String place = database.map(PostgresSettings::toString).or(() -> given.parameter()).orElse("");
    try {
      if (given.get(REPAIR)) {
        return new DirectoryRepairing(path.orElseThrow(), given, out).run(given.get(DISCARD));
      }
      return database.isPresent()
          ? checked(given, database.get(), place, out)
          : checked(given, path.orElseThrow(), place, out);
    } catch (DataDirectoryException | MasterKeyException unusable) {
      err.println("ostraka: " + unusable.getMessage());
      return FAILED;
    } catch (StorageException damage) {
      String message = String.valueOf(damage.getMessage());
      err.println("ostraka: " + (message.startsWith(place) ? "" : place + ": ") + message);
      return FAILED;
    }
  }

  /** Refuses options that would have no effect. */
  private static void requireUsed(Arguments given) {
    Optional<String> archive = given.get(ArchiveOptions.ARCHIVE);
    if (given.get(REPAIR) && (archive.isPresent() || given.get(S3_ENDPOINT).isPresent())) {
      throw new BadArgumentsException(
          "--repair does not look at the archive: check it afterwards, by --archive without"
              + " --repair");
    }
    if (given.get(S3_ENDPOINT).isPresent() && !archive.orElse("").startsWith("s3:")) {
      throw new BadArgumentsException("--s3-endpoint needs --archive s3://BUCKET/PREFIX");
    }
    if (given.get(S3_ENDPOINT).isEmpty()
        && (given.get(S3_REGION).isPresent() || given.get(INSECURE))) {
      throw new BadArgumentsException("--s3-region and --insecure need --s3-endpoint");
    }
  }

  private static int checked(
      Arguments given, PostgresSettings database, String place, PrintWriter out) {
    try (Store store = PostgresStore.openExisting(database)) {
      Optional<Keys> keys = keys(given, new MasterKeyLocation.Unnamed(), store);
      return checked(place, archive(given), store, keys, out);
    }
  }

  /** Returns the archive that is named; empty when none is. */
  private static Optional<ArchivePlace> archive(Arguments given) {
    return given
        .get(ArchiveOptions.ARCHIVE)
        .map(text ->
            ArchiveOptions.place(
                text,
                given
                    .get(S3_ENDPOINT)
                    .map(url -> ArchiveOptions.s3Endpoint(url, given.get(INSECURE))),
                given.get(S3_REGION).orElseGet(() -> ArchiveOptions.region(System.getenv()))));
  }

  private static Archive open(ArchivePlace place) {
    return switch (place) {
      case ArchivePlace.InDirectory(Path path) -> DirectoryArchive.openToRead(path);
      case ArchivePlace.InS3(URI endpoint, String region, String bucket, String prefix) ->
          new BucketArchive(S3Buckets.at(endpoint, region), bucket, prefix);
    };
  }

  private static int checked(Arguments given, Path path, String place, PrintWriter out)
      throws DataDirectoryException {
    try (DataDirectory directory = DataDirectory.openExisting(path);
        ExecutorService scans = Executors.newSingleThreadExecutor();
        RocksVolume volume =
            RocksVolume.openReadOnly(
                directory,
                RocksSettings.DEFAULT,
                new VolumeThreads(scans, Thread.ofPlatform().daemon().factory()))) {
      volume.verifyChecksums();
      HybridClock clock = new HybridClock(InstantSource.system());
      try (Store store = new VolumeStore(volume, clock, Thread::new, _ -> {})) {
        Optional<Keys> keys = keys(given, new MasterKeyLocation.InDirectory(path), store);
        ArchivePlace archive =
            archive(given)
                .orElseGet(
                    () -> new ArchivePlace.InDirectory(path.resolve(ServerSettings.ARCHIVE)));
        return checked(place, Optional.of(archive), store, keys, out);
      }
    }
  }

  /** What opens encrypted data. */
  record Keys(MasterKey master, TableKeys ofTables) {}

  /** Returns what opens the data; empty when it is not encrypted. */
  static Optional<Keys> keys(Arguments given, MasterKeyLocation otherwise, Store store) {
    if (!EncryptedStore.isEncrypted(store)) {
      return Optional.empty();
    }
    MasterKeyLocation location = MasterKeyOptions.read(given, otherwise, System.getenv());
    return Optional.of(
        new Keys(
            MasterKeys.open(location, InstantSource.system()),
            MasterKeys.tableKeys(location, InstantSource.system())));
  }

  /**
   * Checks a store, and the archive if it is named.
   *
   * @param keys open encrypted data; absent when it is not encrypted
   */
  private static int checked(
      String place,
      Optional<ArchivePlace> archive,
      Store store,
      Optional<Keys> keys,
      PrintWriter out) {
    Store plain = plain(store, keys);
    SharedFormat.CURRENT.requireReads(plain);
    boolean isClean = report(place, IntegrityCheck.run(plain), out);
    boolean isWhole = archive.map(each -> checkArchive(each, plain, keys, out)).orElse(true);
    return isClean && isWhole ? 0 : FAILED;
  }

  /** Returns a store as those see it who may read it. */
  static Store plain(Store store, Optional<Keys> keys) {
    return keys.<Store>map(open ->
            EncryptedStore.open(store, open.master(), open.ofTables(), InstantSource.system()))
        .orElse(store);
  }

  /** Reports what is missing or damaged in the archive, and returns whether it is whole. */
  private static boolean checkArchive(
      ArchivePlace place, Store store, Optional<Keys> keys, PrintWriter out) {
    Archive plain = open(place);
    Archive archive =
        keys.<Archive>map(open -> new SealedArchive(plain, open.master())).orElse(plain);
    List<String> problems = new ArrayList<>();
    long objects = BackupCheck.archive(store, archive, problems::add);
    problems.forEach(problem -> out.println("problem: " + problem));
    if (objects > 0) {
      out.printf("%s: %d objects, %d problems%n", name(place), objects, problems.size());
    }
    return problems.isEmpty();
  }

  private static String name(ArchivePlace place) {
    return switch (place) {
      case ArchivePlace.InDirectory(Path path) -> path.toString();
      case ArchivePlace.InS3 s3 -> "s3://" + s3.bucket() + "/" + s3.prefix();
    };
  }

  static boolean report(String place, IntegrityCheck.Report report, PrintWriter out) {
    report.named().forEach(problem -> out.println("problem: " + problem));
    out.printf(
        "%s: %d tables, %d items, %d log records, %d problems%n",
        place, report.tables(), report.items(), report.logRecords(), report.problems());
    return report.isClean();
  }
}

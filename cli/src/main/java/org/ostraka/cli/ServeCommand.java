package org.ostraka.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.settings.DeliverySettings;
import org.ostraka.delivery.settings.SettingsException;
import org.ostraka.delivery.settings.SettingsReader;
import org.ostraka.delivery.settings.SinkSettings;
import org.ostraka.delivery.sink.BrokerLibraries;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.engine.operation.CapacityMode;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.model.AccountId;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.server.OstrakaServer;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.IamFileException;
import org.ostraka.server.config.ArchivePlace;
import org.ostraka.server.config.BucketPlace;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;
import org.ostraka.server.http.HttpServer;
import org.ostraka.server.region.PeerSettingsException;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.rocksdb.DataDirectoryException;

/** {@code ostraka serve}: runs the server until a signal stops it. */
final class ServeCommand {
  /** Shards that took changes for longer than records are kept would be of no use. */
  private static final long MAX_SHARD_LIFETIME_SECONDS = 86_400;

  private static final long MAX_READER_RETENTION_HOURS = 8_760;

  private static final int FAILED = 1;

  /** The process's exit status after a failed write to the disk. */
  private static final int DISK_FAILED = 70;

  private static final int MAX_PORT = 65_535;
  private static final long MAX_BLOCK_CACHE_MEGABYTES = 1 << 20;

  private static final Option<Integer> PORT =
      Option.withDefault(
          "--port",
          Kind.whole("PORT", 0, MAX_PORT),
          "8000",
          "The port to listen on, 0 for a free one.");

  private static final Option<String> HOST =
      Option.withDefault("--host", Kind.text("ADDRESS"), "127.0.0.1", "The address to listen on.");

  private static final Option<Boolean> INSECURE =
      Option.flag(
          "--insecure",
          "Allows a --host that other machines can reach, although connections are not encrypted or"
              + " signatures are not verified; and peers and buckets on other machines without"
              + " https.");

  private static final Option<List<String>> ALLOWED_HOSTS =
      Option.list(
          "--allowed-host",
          Kind.text("NAME"),
          "A host name by which clients may address this server, beside localhost and --host;"
              + " repeatable; '*' allows every name.");

  private static final Option<List<String>> ALLOWED_ORIGINS =
      Option.list(
          "--allowed-origin",
          Kind.text("ORIGIN"),
          "An origin whose web pages may use this server, such as https://example.org; repeatable;"
              + " '*' allows every page (default: pages of localhost; every page where signatures"
              + " are verified and no certificates stand for clients).");

  private static final Option<Optional<Path>> DATA =
      Option.optional(
          "--data", Kind.path("DIR"), "The directory for the data (default: ostraka-data).");

  private static final Option<Optional<Path>> BUCKETS =
      Option.optional(
          "--buckets",
          Kind.path("DIR"),
          "The directory whose directories are the buckets that tables are exported to and imported"
              + " from (default: buckets in the data directory; none with --store or"
              + " --in-memory).");

  private static final Option<Optional<String>> S3_ENDPOINT =
      Option.optional(
          "--s3-endpoint",
          Kind.text("URL"),
          "The S3 service whose buckets tables are exported to and imported from, instead of"
              + " directories. Credentials are found as the AWS SDK finds them.");

  private static final Option<Boolean> ACCEPT_DATA_LOSS =
      Option.flag(
          "--accept-data-loss",
          "Starts although data in the directory is damaged or missing: the lost data stays lost,"
              + " and damaged files are kept aside.");

  private static final Option<Boolean> IN_MEMORY =
      Option.flag("--in-memory", "Keeps the data in memory, until the process ends.");

  private static final Option<Long> BLOCK_CACHE =
      Option.withDefault(
          "--block-cache",
          Kind.whole("MEGABYTES", 1, MAX_BLOCK_CACHE_MEGABYTES, "megabytes"),
          "128",
          "Memory outside the heap that caches blocks of the disk, 1 to 1048576.");

  private static final Option<List<String>> REGIONS =
      Option.list(
          "--region",
          Kind.text("REGION"),
          "A region to serve; repeatable (default: every region that a request names).");

  private static final Option<Optional<Accounts>> ACCOUNT =
      Option.optional(
          "--account",
          new Kind<>("ID", "twelve digits or 'access-key'", ServeCommand::accounts),
          "The account of every access key: twelve digits, or 'access-key' to give each access key"
              + " an account of its own (default: 000000000000).");

  private static final Option<Long> TABLE_TRANSITION =
      Option.withDefault(
          "--table-transition",
          Kind.whole(
              "MILLISECONDS", 0, EngineSettings.MAX_TABLE_TRANSITION.toMillis(), "milliseconds"),
          "0",
          "How long tables stay in CREATING, UPDATING and DELETING, and their time to live in"
              + " ENABLING and DISABLING.");

  private static final Option<Long> TTL_COOLDOWN =
      Option.withDefault(
          "--ttl-cooldown",
          Kind.whole("SECONDS", 0, EngineSettings.MAX_TIME_TO_LIVE_COOLDOWN.toSeconds(), "seconds"),
          "0",
          "How long a table's time to live cannot be changed again; about 1860 on the service.");

  private static final Option<CapacityMode> CAPACITY =
      Option.withDefault(
          "--capacity",
          new Kind<>(
              "MODE",
              "report, enforce or off",
              word -> CapacityMode.of(word).orElseThrow(IllegalArgumentException::new)),
          "report",
          "What is done with requests for which DynamoDB would have no capacity: report counts and"
              + " logs them, enforce refuses them as the service does, off does not look at it. A"
              + " table's tag "
              + CapacityMode.TAG
              + " says otherwise.");

  private static final Option<Long> STREAM_SHARDS =
      Option.withDefault(
          "--stream-shards",
          Kind.whole("NUMBER", 1, StreamSettings.MAX_SHARDS, "shards"),
          "1",
          "The least number of open shards of a stream; a table that grows gets more.");

  private static final Option<Long> SHARD_LIFETIME =
      Option.withDefault(
          "--shard-lifetime",
          Kind.whole("SECONDS", 1, MAX_SHARD_LIFETIME_SECONDS, "seconds"),
          "14400",
          "How long a shard of a stream takes changes before another one takes its place.");

  private static final Option<Long> READER_RETENTION =
      Option.withDefault(
          "--reader-retention",
          Kind.whole("HOURS", 24, MAX_READER_RETENTION_HOURS, "hours"),
          "168",
          "How long changes are kept for Kinesis data streams, functions, brokers and regions that"
              + " cannot be reached; after that they are lost for them, and regions are copied to"
              + " again.");

  private static final Option<Optional<String>> KINESIS_ENDPOINT =
      Option.optional(
          "--kinesis-endpoint",
          Kind.text("URL"),
          "Where Kinesis data streams are that tables send their changes to. Credentials are found"
              + " as the AWS SDK finds them.");

  private static final Option<Optional<Path>> TRIGGERS =
      Option.optional(
          "--triggers",
          Kind.path("FILE"),
          "A file in JSON with the functions and brokers that get the changes of tables.");

  private static final Option<Double> TRANSACTION_CONFLICT_RATE =
      Option.withDefault(
          "--transaction-conflict-rate",
          Kind.number("RATE", "0 to 1", rate -> rate >= 0 && rate <= 1),
          "0",
          "The share of transactions, 0 to 1, that are cancelled as if they conflicted with another"
              + " one, to test how an application retries.");

  static final Command COMMAND =
      new Command(
          "ostraka serve",
          "Runs the server until SIGTERM or SIGINT.",
          options(
              PORT,
              HOST,
              INSECURE,
              ALLOWED_HOSTS,
              ALLOWED_ORIGINS,
              DATA,
              ArchiveOptions.ARCHIVE,
              BUCKETS,
              S3_ENDPOINT,
              ACCEPT_DATA_LOSS,
              IN_MEMORY,
              BLOCK_CACHE,
              REGIONS,
              ACCOUNT,
              TABLE_TRANSITION,
              TTL_COOLDOWN,
              CAPACITY,
              STREAM_SHARDS,
              SHARD_LIFETIME,
              READER_RETENTION,
              KINESIS_ENDPOINT,
              TRIGGERS,
              TRANSACTION_CONFLICT_RATE),
          (given, out, err) -> new ServeCommand(given, out, err).run());

  /** Returns the options of this class, and those of others. */
  private static List<Option<?>> options(Option<?>... own) {
    List<Option<?>> all = new ArrayList<>(List.of(own));
    all.addAll(StoreOptions.FOR_SERVING);
    all.addAll(PeerOptions.ALL);
    all.addAll(RegionFaultOptions.ALL);
    all.addAll(ProtectionOptions.ALL);
    all.addAll(AdminOptions.ALL);
    all.addAll(ScrubOptions.ALL);
    all.addAll(PrincipalOptions.ALL);
    all.addAll(EncryptionOptions.ALL);
    return all;
  }

  private final Arguments given;
  private final PrintWriter out;
  private final PrintWriter err;

  private ServeCommand(Arguments given, PrintWriter out, PrintWriter err) {
    this.given = given;
    this.out = out;
    this.err = err;
  }

  private int run() {
    HttpServer.prepare(loading -> Thread.ofPlatform().daemon().name("http-parts").start(loading));
    ServerSettings settings = settings();
    try {
      OstrakaServer server = OstrakaServer.start(settings, ServeCommand::diskFailed);
      closeOnSignal(server);
      // Announced last: a caller may stop the server as soon as it reads that the server listens.
      announce(settings, server);
      return waitForTheEnd();
    } catch (DataDirectoryException unusable) {
      err.println("ostraka: " + unusable.getMessage());
      if (unusable.hasLostWrites()) {
        err.println(
            "ostraka: restore a backup, or start without the lost data: ostraka serve"
                + " --accept-data-loss");
      }
      return FAILED;
    } catch (StorageException
        | MasterKeyException
        | IamFileException
        | PeerSettingsException unusable) {
      err.println("ostraka: " + unusable.getMessage());
      return FAILED;
    } catch (UncheckedIOException unusable) {
      err.println(
          "ostraka: cannot listen on "
              + given.get(HOST)
              + ":"
              + settings.port()
              + " (is the port in use?)");
      return FAILED;
    }
  }

  /** Makes SIGTERM and SIGINT close the server and end the process with status 0. */
  private static void closeOnSignal(OstrakaServer server) {
    Thread stop =
        new Thread(
            () -> {
              server.close();
              // Stopping on request is success; the JVM's own exit status would be 143.
              Runtime.getRuntime().halt(0);
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(stop);
  }

  private static int waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static void diskFailed(Throwable cause) {
    System.err.println(
        "ostraka: a write to the disk failed, and the process stops: " + cause.getMessage());
    Runtime.getRuntime().halt(DISK_FAILED);
  }

  private ServerSettings settings() {
    StoreLocation store = store();
    Optional<String> archive = given.get(ArchiveOptions.ARCHIVE);
    if (given.get(IN_MEMORY) && archive.isPresent()) {
      throw new BadArgumentsException("--archive and --in-memory exclude each other");
    }
    PrincipalSettings principals = PrincipalOptions.read(given);
    Protection protection =
        ProtectionOptions.read(given, store.directory(), principals.areDefined());
    InetAddress address = address(protection.tls().isPresent(), principals.areDefined());
    return new ServerSettings(
        address,
        given.get(PORT),
        allowedHosts(address),
        allowedOrigins(principals.areDefined() && protection.clientPrincipals().isEmpty()),
        store,
        given.get(ACCEPT_DATA_LOSS),
        given.get(BLOCK_CACHE) << 20,
        servedRegions(),
        given.get(ACCOUNT).orElse(Accounts.single(Accounts.DEFAULT_ACCOUNT)),
        principals,
        given.get(TRANSACTION_CONFLICT_RATE),
        new DeliveryTargets(
            given.get(KINESIS_ENDPOINT).map(url -> endpoint("--kinesis-endpoint", url)),
            triggersAndSinks(),
            PeerOptions.read(given, given.get(REGIONS), given.get(INSECURE), System.getenv())),
        protection,
        EncryptionOptions.read(given, store, System.getenv()),
        new EngineSettings(Duration.ofMillis(given.get(TABLE_TRANSITION)))
            .withTimeToLiveCooldown(Duration.ofSeconds(given.get(TTL_COOLDOWN)))
            .withCapacity(given.get(CAPACITY))
            .withStreams(
                new StreamSettings(
                    Math.toIntExact(given.get(STREAM_SHARDS)),
                    Duration.ofSeconds(given.get(SHARD_LIFETIME)),
                    Duration.ofHours(given.get(READER_RETENTION)))),
        archive
            .map(text ->
                ArchiveOptions.place(
                    text, given.get(S3_ENDPOINT).map(this::s3Endpoint), s3Region()))
            .or(() -> ServerSettings.archive(store).map(ArchivePlace.InDirectory::new)),
        buckets(store),
        AdminOptions.read(given),
        ScrubOptions.read(given));
  }

  private StoreLocation store() {
    Optional<Path> data = given.get(DATA);
    if (data.filter(path -> path.toString().isEmpty()).isPresent()) {
      throw new BadArgumentsException("--data is the name of a directory, not an empty text");
    }
    Optional<StoreLocation.InPostgres> database = StoreOptions.location(given, System.getenv());
    boolean inMemory = given.get(IN_MEMORY);
    if (inMemory && data.isPresent()) {
      throw new BadArgumentsException("--data and --in-memory exclude each other");
    }
    if (database.isPresent() && (inMemory || data.isPresent() || given.get(ACCEPT_DATA_LOSS))) {
      throw new BadArgumentsException(
          "--store excludes --data, --in-memory and --accept-data-loss");
    }
    if (database.isPresent()) {
      return database.get();
    }
    return inMemory
        ? new StoreLocation.InMemory()
        : new StoreLocation.InDirectory(data.orElse(Path.of("ostraka-data")));
  }

  /** Beyond the loopback address connections have to be encrypted, and requests signed. */
  private InetAddress address(boolean isEncrypted, boolean isVerified) {
    String host = given.get(HOST);
    if (host.isEmpty()) {
      throw new BadArgumentsException("--host is an address, not an empty text");
    }
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException _) {
      throw new BadArgumentsException("--host is not an address of this machine: " + host);
    }
    boolean isSecure = isEncrypted && isVerified;
    if (!address.isLoopbackAddress() && !isSecure && !given.get(INSECURE)) {
      throw new BadArgumentsException(
          isEncrypted
              ? "signatures are not verified, so --host must be a loopback address; "
                  + RootKeyVariables.ID
                  + " names a root key, and --insecure does without"
              : "connections are not encrypted, so --host must be a loopback address;"
                  + " --tls-certificate and --tls-key encrypt them, and --insecure does without");
    }
    return address;
  }

  /** The name in --host is allowed too: the operator has named it. */
  private AllowedHosts allowedHosts(InetAddress address) {
    Set<String> names = new HashSet<>(given.get(ALLOWED_HOSTS));
    for (String name : names) {
      if (!AllowedHosts.isName(name)) {
        throw new BadArgumentsException(
            "--allowed-host is a name or an address without a port, not: " + name);
      }
    }
    names.add(given.get(HOST));
    return new AllowedHosts(names, !address.isLoopbackAddress());
  }

  /** Where every request is signed, a page without a key does no harm: the service serves all. */
  private AllowedOrigins allowedOrigins(boolean isSigned) {
    for (String origin : given.get(ALLOWED_ORIGINS)) {
      if (!AllowedOrigins.isOrigin(origin)) {
        throw new BadArgumentsException(
            "--allowed-origin is like https://example.org or http://example.org:3000, not: "
                + origin);
      }
    }
    Set<String> origins = Set.copyOf(given.get(ALLOWED_ORIGINS));
    return new AllowedOrigins(origins.isEmpty() && isSigned ? Set.of(AllowedOrigins.ANY) : origins);
  }

  private Set<Region> servedRegions() {
    for (String region : given.get(REGIONS)) {
      if (!Region.isLegal(region)) {
        throw new BadArgumentsException("--region is not the name of a region: " + region);
      }
    }
    return given.get(REGIONS).stream().map(Region::new).collect(Collectors.toUnmodifiableSet());
  }

  /** A table that is only named is the default account's, in the first served region. */
  private DeliverySettings triggersAndSinks() {
    Optional<Path> file = given.get(TRIGGERS);
    if (file.isEmpty()) {
      return DeliverySettings.NONE;
    }
    List<String> regions = given.get(REGIONS);
    Region region = new Region(regions.isEmpty() ? "us-east-1" : regions.getFirst());
    try {
      return withLibraries(
          SettingsReader.read(
              Files.readAllBytes(file.get()),
              new Owner(Accounts.DEFAULT_ACCOUNT, region),
              JsonText::parse));
    } catch (IOException unreadable) {
      throw new BadArgumentsException("--triggers cannot be read: " + unreadable.getMessage());
    } catch (JsonSyntaxException | SettingsException wrong) {
      throw new BadArgumentsException("--triggers: " + file.get() + ": " + wrong.getMessage());
    }
  }

  /** Refuses sinks whose library is not there: bin/ostraka adds it where it sees the option. */
  private static DeliverySettings withLibraries(DeliverySettings settings) {
    for (SinkSettings sink : settings.sinks()) {
      if (!BrokerLibraries.hasWhatItNeeds(sink)) {
        throw new BadArgumentsException(
            "--triggers: the sink "
                + sink.name()
                + " needs the jars of lib/brokers on the class path");
      }
    }
    return settings;
  }

  /** Returns the URL of a service; refuses what is none, with the name of the option. */
  static URI endpoint(String option, String text) {
    try {
      URI endpoint = new URI(text);
      boolean isHttp = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
      if (isHttp && endpoint.getHost() != null) {
        return endpoint;
      }
    } catch (URISyntaxException _) {
      // It is refused below.
    }
    throw new BadArgumentsException(option + " is like http://localhost:4567, not: " + text);
  }

  private Optional<BucketPlace> buckets(StoreLocation store) {
    Optional<Path> directory = given.get(BUCKETS);
    Optional<String> url = given.get(S3_ENDPOINT);
    if (directory.isPresent() && url.isPresent()) {
      throw new BadArgumentsException("--buckets and --s3-endpoint exclude each other");
    }
    return url.<BucketPlace>map(text -> new BucketPlace.InS3(s3Endpoint(text), s3Region()))
        .or(() -> directory.map(BucketPlace.InDirectory::new))
        .or(() -> ServerSettings.buckets(store));
  }

  private String s3Region() {
    return given.get(REGIONS).stream()
        .findFirst()
        .orElseGet(() -> ArchiveOptions.region(System.getenv()));
  }

  private URI s3Endpoint(String text) {
    return ArchiveOptions.s3Endpoint(text, given.get(INSECURE));
  }

  private static Accounts accounts(String text) {
    return text.equals("access-key")
        ? Accounts.byAccessKey()
        : Accounts.single(new AccountId(text));
  }

  private void announce(ServerSettings settings, OstrakaServer server) {
    int listening = server.port();
    String scheme = settings.protection().tls().isPresent() ? "https://" : "http://";
    String url = scheme + inUrl(settings.host(), given.get(HOST)) + ":" + listening;
    String local = settings.host().isAnyLocalAddress() ? scheme + "127.0.0.1:" + listening : url;
    List<String> regions = given.get(REGIONS);
    String region = regions.isEmpty() ? "us-east-1" : regions.getFirst();
    if (!settings.host().isLoopbackAddress()) {
      warn(settings, server.verifiesSignatures(), url);
    }
    out.println(Version.text());
    out.println("Listening on " + url);
    out.println(StoreOptions.announced(settings.store(), server.encrypts()));
    out.println(PrincipalOptions.mode(settings, server));
    out.println(
        switch (settings.engine().capacity()) {
          case REPORT ->
              "Capacity is not limited; what DynamoDB would throttle is counted and logged";
          case ENFORCE -> "Capacity is limited as DynamoDB limits it";
          case OFF -> "Capacity is not limited; what DynamoDB would throttle is not counted";
        });
    AdminOptions.announce(settings, server, out);
    server.newRootKey().ifPresent(key -> PrincipalOptions.show(key, out));
    out.println(
        "Try: "
            + PrincipalOptions.credentials(settings, server)
            + " aws dynamodb list-tables --region "
            + region
            + " --endpoint-url "
            + local);
  }

  private void warn(ServerSettings settings, boolean isVerified, String url) {
    if (!isVerified) {
      err.println(
          "ostraka: WARNING: signatures are not verified; whoever can reach "
              + url
              + " can read and change everything");
    } else if (settings.protection().tls().isEmpty()) {
      err.println(
          "ostraka: WARNING: connections are not encrypted; whoever can watch the network of "
              + url
              + " can read everything");
    }
  }

  private static String inUrl(InetAddress address, String text) {
    return address instanceof Inet6Address && !text.startsWith("[") ? "[" + text + "]" : text;
  }
}

package org.ostraka.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.backup.Archiver;
import org.ostraka.engine.backup.Restorations;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.cloudwatch.AccountReadings;
import org.ostraka.engine.cloudwatch.CloudWatch;
import org.ostraka.engine.cloudwatch.MetricHistory;
import org.ostraka.engine.cloudwatch.TableReadings;
import org.ostraka.engine.cloudwatch.UserErrorReadings;
import org.ostraka.engine.directory.Directory;
import org.ostraka.engine.directory.DirectoryKeys;
import org.ostraka.engine.directory.SecretSeal;
import org.ostraka.engine.directory.Standings;
import org.ostraka.engine.expiry.Sweeper;
import org.ostraka.engine.gate.AccountPermissions;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.load.Room;
import org.ostraka.engine.metric.UserErrors;
import org.ostraka.engine.operation.CapacityMode;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.scaling.ConsumedUnits;
import org.ostraka.engine.scaling.Scaler;
import org.ostraka.engine.stream.ShardMaintenance;
import org.ostraka.engine.throttle.Throttling;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.engine.transfer.Exports;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.identity.session.Sessions;
import org.ostraka.model.AccountId;
import org.ostraka.model.Bytes;
import org.ostraka.model.Limits;
import org.ostraka.model.Region;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKeyInMemory;
import org.ostraka.server.audit.Recording;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.auth.KnownKeys;
import org.ostraka.server.auth.RootKey;
import org.ostraka.server.auth.UnsignedRequests;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.OidcSettings;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.RegionFaults;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;
import org.ostraka.server.http.Body;
import org.ostraka.server.http.HttpEndpoint;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.http.ProtocolEndpoints;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.query.QueryEndpoint;
import org.ostraka.server.query.RecordedCalls;
import org.ostraka.server.webidentity.SignedTokens;
import org.ostraka.server.wire.LoadControl;
import org.ostraka.server.wire.Operations;
import org.ostraka.server.wire.ScalingOperations;
import org.ostraka.server.wire.Service;
import org.ostraka.server.wire.Services;
import org.ostraka.server.wire.cloudwatch.CloudWatchEndpoint;
import org.ostraka.server.work.HeavyWorks;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.MemoryArchive;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.Volume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.transcript.Answer;
import org.ostraka.testkit.transcript.Durations;
import org.ostraka.testkit.transcript.TranscriptServer;
import org.ostraka.transfer.BulkWriter;
import org.ostraka.transfer.Exporter;
import org.ostraka.transfer.Importer;
import org.ostraka.transfer.bucket.BucketName;

/**
 * The whole server except its sockets, on a volume in memory, with a manual clock and with ids that
 * are the same in every run. One thread.
 */
final class ServerInMemory implements TranscriptServer {
  private static final long HEAP_BYTES = 1L << 30;
  private static final Instant START = Instant.parse("2026-10-09T00:00:00Z");
  private static final Set<String> SETTINGS =
      Set.of(
          "table-transition",
          "ttl-cooldown",
          "transaction-conflict-rate",
          "collection-limit-bytes",
          "account",
          "capacity",
          "root-key",
          "region");
  private static final long SEED = 20_261_009;

  private static final ExecutorService WRITERS =
      Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().name("import-writer").factory());

  /** The only bucket. */
  private static final String BUCKET = "bucket";

  private final ServerSettings settings;
  private final Service[] others;
  private final ManualClock clock;
  private final Random random = new Random(SEED);
  private final Volume volume;
  private final Archive archive = new MemoryArchive();
  private final FaultyBuckets buckets = new FaultyBuckets();
  private final FaultyWriters writers = new FaultyWriters(WRITERS);
  private final Map<String, Bytes> errors = new ConcurrentHashMap<>();
  private final List<Duration> rests = new ArrayList<>();
  private Executor bulkThreads = Runnable::run;
  private final UserErrors userErrors = new UserErrors();
  private int openings;
  private Running running;

  private ServerInMemory(ServerSettings settings, Volume volume, Instant start, Service... others) {
    this.settings = settings;
    this.volume = volume;
    this.clock = new ManualClock(start);
    this.others = others;
    buckets.make(BUCKET);
    this.running = open();
  }

  /** The store that is open now. */
  Store store() {
    return running.store();
  }

  /** Puts an object into the bucket. */
  void put(String key, byte[] content) {
    var _ = buckets.put(new BucketName(BUCKET, Optional.empty()), key, Bytes.wrap(content));
  }

  /** Makes the next object that is read break off after so many bytes. */
  void breakOffAfter(int bytes) {
    buckets.breakOffAfter(bytes);
  }

  /** Makes one write of imported items fail, after so many others. */
  void failWriteAfter(int writes) {
    writers.failAfter(writes);
  }

  /** Makes something happen between the listing of an object and its first reading. */
  void beforeRead(String key, Runnable event) {
    buckets.beforeRead(key, event);
  }

  /** Makes something happen before an object is put into the bucket for the first time. */
  void beforePut(String key, Runnable event) {
    buckets.beforePut(key, event);
  }

  /** Runs bulk operations that begin from now on by this executor. */
  void runBulkOperationsOn(Executor threads) {
    bulkThreads = threads;
  }

  /** Returns the longest rest of bulk operations. */
  Duration longestRest() {
    return rests.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  /** Returns how long bulk operations have rested. */
  Duration rested() {
    return rests.stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** Returns the errors of an import, each as a line of JSON. */
  String errorsOfImport(String id) {
    return errors.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(id + "/"))
        .map(entry -> new String(entry.getValue().array(), StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }

  /** Returns the content of an object in the bucket. */
  byte[] object(String key) {
    try (InputStream in = buckets.read(new BucketName(BUCKET, Optional.empty()), key)) {
      return in.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The parts that a restart makes anew. */
  private record Running(
      Store store,
      Catalogue catalogue,
      IndexBuilder builder,
      Sweeper sweeper,
      RequestTokens tokens,
      ShardMaintenance shards,
      RegionsInMemory regions,
      Archiver archiver,
      Restorations restorations,
      BulkWriter bulk,
      Exporter exporter,
      Importer importer,
      Scaler scaler,
      HttpEndpoint endpoint) {
    void maintain() {
      regions.replicate();
      builder.run(IndexBuilder.Pace.UNBROKEN);
      sweeper.sweep(IndexBuilder.Pace.UNBROKEN);
      catalogue.maintain();
      tokens.maintain();
      shards.maintain();
      archiver.run();
      restorations.run();
      bulk.run();
      exporter.run();
      importer.run();
      scaler.run();
    }
  }

  /**
   * Starts a new server. The settings have the names of options of {@code ostraka serve}; only the
   * limit of item collections has no option.
   *
   * @param others services beside DynamoDB
   */
  static ServerInMemory start(Map<String, String> settings, Service... others) {
    if (!SETTINGS.containsAll(settings.keySet())) {
      throw new IllegalArgumentException("no such settings: " + settings.keySet());
    }
    return over(new MemoryVolume(MemoryVolume.Steps.SOUND), START, settings, others);
  }

  /** A new server on a volume, which it closes; its clock stands at the given moment. */
  static ServerInMemory over(
      Volume volume, Instant start, Map<String, String> settings, Service... others) {
    return new ServerInMemory(all(settings, OidcSettings.NONE), volume, start, others);
  }

  /** Starts a new server with OpenID Connect providers. */
  static ServerInMemory start(Map<String, String> settings, OidcSettings oidc) {
    return new ServerInMemory(
        all(settings, oidc), new MemoryVolume(MemoryVolume.Steps.SOUND), START);
  }

  private static ServerSettings all(Map<String, String> settings, OidcSettings oidc) {
    return new ServerSettings(
        InetAddress.getLoopbackAddress(),
        0,
        AllowedHosts.LOOPBACK,
        AllowedOrigins.LOCALHOST,
        new StoreLocation.InMemory(),
        false,
        ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
        regions(settings.getOrDefault("region", "")),
        accounts(settings.getOrDefault("account", Accounts.DEFAULT_ACCOUNT.value())),
        new PrincipalSettings(
            Optional.ofNullable(settings.get("root-key")).map(ServerInMemory::rootKey),
            false,
            Optional.empty(),
            Map.of(),
            oidc),
        Double.parseDouble(settings.getOrDefault("transaction-conflict-rate", "0")),
        DeliveryTargets.NONE,
        Protection.NONE,
        Encryption.NONE,
        new EngineSettings(Durations.parse(settings.getOrDefault("table-transition", "0s")))
            .withCapacity(
                CapacityMode.of(settings.getOrDefault("capacity", "report")).orElseThrow())
            .withTimeToLiveCooldown(Durations.parse(settings.getOrDefault("ttl-cooldown", "0s")))
            .withCollectionLimitBytes(
                Long.parseLong(
                    settings.getOrDefault(
                        "collection-limit-bytes", Long.toString(Limits.ITEM_COLLECTION_BYTES)))),
        Optional.empty());
  }

  @Override
  public Answer call(Map<String, String> headers, byte[] body) {
    HttpResponse response = respond(headers, body);
    return new Answer(response.status(), text(response.body()));
  }

  /** Returns the bytes that an answer sends, as text. */
  static String text(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Returns the answer that HTTP would get. */
  HttpResponse respond(Map<String, String> headers, byte[] body) {
    return respond(headers, body, Room.ENDLESS);
  }

  /** Returns the answer that HTTP would get with this room for answers. */
  HttpResponse respond(Map<String, String> headers, byte[] body, Room room) {
    String[] fields =
        headers.entrySet().stream()
            .flatMap(header -> Arrays.asList(header.getKey(), header.getValue()).stream())
            .toArray(String[]::new);
    return running
        .endpoint()
        .handle(
            new HttpRequest(
                "POST", "/", Optional.empty(), HttpHeaders.of(fields), body, body, room));
  }

  /** Returns the answer that HTTP would get to any request. */
  HttpResponse respond(HttpRequest request) {
    return running.endpoint().handle(request);
  }

  /** Lets time pass and then runs the work that a server does every few seconds. */
  @Override
  public void advance(Duration time) {
    clock.advance(time);
    running.maintain();
  }

  @Override
  public void restart() {
    close();
    running = open();
  }

  @Override
  public void close() {
    running.maintain();
    running.store().close();
  }

  private Running open() {
    Store store =
        new VolumeStore(
            volume,
            new HybridClock(clock),
            Thread.ofPlatform().daemon().name("committer").factory(),
            cause -> {
              throw new AssertionError("the volume in memory failed", cause);
            });
    Catalogue catalogue = Catalogue.open(store, clock, settings.engine());
    RequestTokens tokens = new RequestTokens(store, clock);
    RegionsInMemory regions = RegionsInMemory.of(store, catalogue, clock, this::nextId, settings);
    DirectoryParts principals = principals(store, catalogue);
    ConsumedUnits consumed =
        new ConsumedUnits(
            new Throttling(
                settings.engine().capacity(), () -> clock.instant().toEpochMilli() * 1_000_000),
            clock);
    Engine engine =
        new Engine(
            store,
            catalogue,
            tokens,
            clock,
            this::nextId,
            settings.engine(),
            EnginePorts.standard(clock)
                .withPermissions(new AccountPermissions(clock, principals.standings()))
                .withCapacity(consumed)
                .withPeers(regions.peers())
                .withAnomalies(
                    RandomAnomalies.of(
                        settings.transactionConflictRate(), RegionFaults.NONE, random)));
    Archiver archiver =
        new Archiver(
            store,
            archive,
            catalogue,
            clock,
            this::nextId,
            settings.engine().streams(),
            new Exports(store));
    Restorations restorations =
        new Restorations(store, archive, catalogue, clock, settings.engine());
    return new Running(
        store,
        catalogue,
        new IndexBuilder(store, catalogue, clock),
        new Sweeper(store, catalogue, clock),
        tokens,
        new ShardMaintenance(store, catalogue, clock, settings.engine().streams()),
        regions,
        archiver,
        restorations,
        bulkWriter(store, catalogue),
        new Exporter(store, archive, catalogue, buckets, clock, Exporter.Sizes.forHeap(HEAP_BYTES)),
        importer(store, catalogue),
        new Scaler(store, catalogue, consumed, engine.updateTable(), clock, UUID::randomUUID),
        endpoint(services(engine), metrics(catalogue, principals), principals));
  }

  private Services services(Engine engine) {
    LoadControl load = LoadControl.forHeap(HEAP_BYTES, HeavyWorks.SHARED);
    Service[] beside = Arrays.copyOf(others, others.length + 2);
    beside[others.length] = Operations.streamsOver(engine, load);
    beside[others.length + 1] = ScalingOperations.over(engine.autoScaling(), load);
    return Services.of(Operations.over(engine, load), beside);
  }

  private BulkWriter bulkWriter(Store store, Catalogue catalogue) {
    return new BulkWriter(
        store, catalogue, buckets, clock, rests::add, task -> bulkThreads.execute(task));
  }

  private Importer importer(Store store, Catalogue catalogue) {
    return new Importer(
        store,
        catalogue,
        buckets,
        (importId, first, lines) -> errors.put(importId + "/" + first, lines),
        clock,
        settings.engine(),
        writers);
  }

  /** Opens the directory of principals. Its ids and its master key are the same in every run. */
  private DirectoryParts principals(Store store, Catalogue catalogue) {
    SplittableRandom ids = new SplittableRandom(SEED + ++openings);
    SecretSeal seal = new SecretSeal(store, new MasterKeyInMemory(new byte[AesGcm.KEY_BYTES]));
    Directory directory = Directory.open(store, catalogue.sharedChanges(), seal);
    NewIds newIds = new NewIds(ids);
    Sessions sessions = new Sessions(seal, newIds, clock);
    KnownKeys keys =
        new KnownKeys(
            settings.rootKey(),
            settings.accounts(),
            new DirectoryKeys(directory, sessions),
            directory::isUsed);
    return new DirectoryParts(
        directory,
        sessions,
        keys,
        Standings.of(directory),
        newIds,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private SignedTokens webIdentityTokens() {
    OidcSettings oidc = settings.principals().oidc();
    return new SignedTokens(oidc.keyFiles(), oidc.trust(), clock);
  }

  private CloudWatch metrics(Catalogue catalogue, DirectoryParts principals) {
    TableReadings tables = new TableReadings(() -> MetricSources.tables(catalogue), clock);
    return new CloudWatch(
        new MetricHistory(
            List.of(
                tables,
                new UserErrorReadings(userErrors),
                new AccountReadings(() -> MetricSources.tables(catalogue))),
            clock,
            HEAP_BYTES),
        clock,
        new AccountPermissions(clock, principals.standings()));
  }

  private HttpEndpoint endpoint(Services services, CloudWatch metrics, DirectoryParts principals) {
    return new ProtocolEndpoints(
        List.of(
            new CloudWatchEndpoint(
                metrics,
                new RecordedCalls(
                    authentication(principals.keys(), settings.regions()), Recording.NONE),
                LoadControl.forHeap(HEAP_BYTES, HeavyWorks.SHARED),
                this::nextId),
            new QueryEndpoint(
                principals.services(clock, webIdentityTokens()),
                authentication(principals.keys(), Set.of()),
                new UnsignedRequests(new FailureLimits(System::nanoTime, SEED)),
                this::nextId,
                Recording.NONE)),
        new ApiEndpoint(
            services,
            settings,
            authentication(principals.keys(), settings.regions()),
            Auditing.NONE,
            userErrors,
            new StoreHealth(System::nanoTime)));
  }

  private Authentication authentication(KnownKeys keys, Set<Region> regions) {
    return Authentication.of(
        keys,
        settings.accounts(),
        regions,
        clock,
        HeavyWorks.SHARED,
        new FailureLimits(System::nanoTime, 1));
  }

  private UUID nextId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes);
  }

  /** Returns a root key with this id, and a secret that transcripts name. */
  static RootKey rootKey(String id) {
    return RootKey.of(id, "secret-of-" + id);
  }

  private static Accounts accounts(String account) {
    return account.equals("access-key")
        ? Accounts.byAccessKey()
        : Accounts.single(new AccountId(account));
  }

  private static Set<Region> regions(String list) {
    return Arrays.stream(list.split(","))
        .filter(name -> !name.isEmpty())
        .map(Region::new)
        .collect(Collectors.toSet());
  }
}

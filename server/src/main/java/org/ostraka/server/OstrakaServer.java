package org.ostraka.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.ostraka.delivery.Deliveries;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.backup.ArchiveAccess;
import org.ostraka.engine.backup.Archiver;
import org.ostraka.engine.backup.Restorations;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.cloudwatch.CloudWatch;
import org.ostraka.engine.encryption.EncryptionKeys;
import org.ostraka.engine.encryption.KeyAccess;
import org.ostraka.engine.expiry.Sweeper;
import org.ostraka.engine.gate.AccountPermissions;
import org.ostraka.engine.gate.Capacity;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.item.TombstoneCollection;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.engine.metric.UserErrors;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.engine.scaling.ConsumedUnits;
import org.ostraka.engine.scaling.Scaler;
import org.ostraka.engine.stream.ShardMaintenance;
import org.ostraka.engine.throttle.Throttling;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.engine.transfer.TransferAccess;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.TableKeys;
import org.ostraka.server.auth.NewRootKey;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.HttpEndpoint;
import org.ostraka.server.http.HttpLimits;
import org.ostraka.server.http.HttpServer;
import org.ostraka.server.http.HttpSettings;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.wire.LoadControl;
import org.ostraka.server.wire.Operations;
import org.ostraka.server.wire.ScalingOperations;
import org.ostraka.server.wire.Services;
import org.ostraka.server.work.HeavyWork;
import org.ostraka.storage.Store;
import org.ostraka.storage.encryption.EncryptedStore;
import org.ostraka.storage.encryption.KeyChoice;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.storage.volume.FailStop;

/**
 * A running Ostraka: the composition root, which makes clock, random sources, threads and disk. One
 * thread starts and closes it.
 */
public final class OstrakaServer implements AutoCloseable {
  /** How often the keys that tables name are tried. */
  private static final Duration KEY_WATCH = Duration.ofMinutes(1);

  /** How often the server stores when keys were last used. */
  private static final Duration STORING_USES = Duration.ofMinutes(5);

  /**
   * The heap that a page of a query may need while it becomes an answer, if its items are small.
   */
  private static final long HEAP_BYTES_PER_PAGE = 32L << 20;

  /**
   * The threads for heavy requests, for each processor. With two of them, the threads that all
   * requests share got a third of the processors' time, and small requests waited.
   */
  private static final int HEAVY_THREADS_PER_PROCESSOR = 1;

  /** The number of heavy requests that may run or wait at the same time. */
  private static final int HEAVY_PLACES = 64;

  /** How long a heavy request waits for a thread before it is refused. */
  private static final Duration HEAVY_PATIENCE = Duration.ofSeconds(5);

  /** How long a change of a table waits before it asks again whether other servers have seen it. */
  private static final Duration AWAITING_SERVERS = Duration.ofMillis(10);

  private final HttpServer http;
  private final Optional<HttpServer> admin;
  private final Parts parts;
  private final DirectoryParts principals;
  private final boolean encrypts;

  private OstrakaServer(
      HttpServer http,
      Optional<HttpServer> admin,
      Parts parts,
      DirectoryParts principals,
      boolean encrypts) {
    this.http = http;
    this.admin = admin;
    this.parts = parts;
    this.principals = principals;
    this.encrypts = encrypts;
  }

  /**
   * Opens the data and listens.
   *
   * @param failStop called when the disk cannot be trusted any more; the process should end
   * @throws DataDirectoryException when the data directory cannot be used
   * @throws org.ostraka.secret.MasterKeyException when the master key cannot be used
   * @throws java.io.UncheckedIOException when the address cannot be listened on
   */
  public static OstrakaServer start(ServerSettings settings, FailStop failStop)
      throws DataDirectoryException {
    Parts parts = new Parts();
    try {
      return start(settings, failStop, parts);
    } catch (DataDirectoryException | RuntimeException | Error failure) {
      parts.close();
      throw failure;
    }
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return http.port();
  }

  /** Returns the port of the admin listener, if there is one. */
  public Optional<Integer> adminPort() {
    return admin.map(HttpServer::port);
  }

  /** Returns the root key that the server has made at this start, if it has. */
  public Optional<NewRootKey> newRootKey() {
    return principals.newRootKey();
  }

  /** Returns whether the data is encrypted. */
  public boolean encrypts() {
    return encrypts;
  }

  /** Returns whether signatures are verified now. */
  public boolean verifiesSignatures() {
    return principals.keys().areVerified();
  }

  /** Answers the requests in flight, refuses new ones, stores everything, and releases the data. */
  @Override
  public void close() {
    parts.close();
  }

  private static OstrakaServer start(ServerSettings settings, FailStop failStop, Parts parts)
      throws DataDirectoryException {
    Clock clock = settings.deliveries().peers().faults().clock(Clock.systemUTC());
    Store below = new StoreParts(settings, clock, failStop, parts).open();
    MasterKey master = MasterKeys.open(settings.encryption().masterKey(), clock);
    EncryptionParts encryption = EncryptionParts.open(settings.encryption(), below, master, clock);
    Store store = encryption.store();
    BackgroundWork work = new BackgroundWork(parts, System::nanoTime, new SplittableRandom());
    encryption.renewal().ifPresent(work::renewKeys);
    StoreHealth health = new StoreHealth(System::nanoTime);
    Catalogue catalogue = catalogue(settings, store, clock, health, parts);
    KeyAccess keys = keyAccess(encryption, catalogue, clock, work);
    RequestTokens tokens = new RequestTokens(store, clock);
    startMaintenance(store, catalogue, tokens, settings.engine().streams(), clock, work);
    Runnable building = work.buildIndexes(new IndexBuilder(store, catalogue, clock));
    work.sweep(new Sweeper(store, catalogue, clock));
    RegionParts regions = RegionParts.of(settings, store, catalogue, clock, building, parts);
    startDeliveries(settings, store, catalogue, regions, clock, parts, work);
    Optional<ArchiveParts> opened =
        ArchiveParts.open(settings, store, catalogue, master, encryption.areOn(), clock);
    ArchiveAccess archive = opened.map(each -> startArchive(each, work)).orElse(ArchiveAccess.NONE);
    TransferAccess transfers = transfers(settings, store, catalogue, opened, clock, parts, work);
    DirectoryParts principals =
        DirectoryParts.open(settings, store, catalogue, master, clock, new SecureRandom());
    lookAfter(settings, principals, clock, work);
    long heapBytes = Runtime.getRuntime().maxMemory();
    HeavyWork heavy = heavyWork(parts);
    ConsumedUnits units = new ConsumedUnits(throttling(settings, catalogue, work), clock);
    Engine engine =
        new Engine(
            store,
            catalogue,
            tokens,
            clock,
            UUID::randomUUID,
            settings.engine().withPagesAtOnce(pagesAtOnce()),
            ports(principals, units, regions, building, archive, transfers, keys, clock));
    work.scale(new Scaler(store, catalogue, units, engine.updateTable(), clock, UUID::randomUUID));
    LoadControl load = LoadControl.forHeap(heapBytes, heavy);
    Services services = services(engine, load);
    UserErrors errors = new UserErrors();
    MetricSources sources = new MetricSources(catalogue, errors, regions.metrics(), clock);
    CloudWatch metrics = new CloudWatchParts(sources, principals).begin(work);
    Auditing auditing = Auditing.open(settings.protection().audit(), clock, thread("audit"), parts);
    FailureLimits failures = new FailureLimits(System::nanoTime, new SplittableRandom().nextLong());
    HttpServer http =
        parts.add(
            listen(
                httpSettings(settings, heapBytes, failures),
                new Endpoints(settings, principals, clock, heavy, load, errors, failures)
                    .compose(services, metrics, regions, auditing, health),
                heavy));
    var scrubbing =
        ScrubParts.start(settings, store, opened.map(ArchiveParts::archive), clock, work);
    Optional<HttpServer> admin =
        new AdminParts(store, scrubbing, sources, health, heavy, parts).listen(settings, http);
    return new OstrakaServer(http, admin, parts, principals, encryption.areOn());
  }

  private static HttpServer listen(HttpSettings http, HttpEndpoint endpoint, HeavyWork heavy) {
    return HttpServer.start(
        http, endpoint, new SplittableRandom(), System::nanoTime, daemon("http-timeouts"), heavy);
  }

  private static Throttling throttling(
      ServerSettings settings, Catalogue catalogue, BackgroundWork work) {
    Throttling throttling = new Throttling(settings.engine().capacity(), System::nanoTime);
    work.maintain(List.of(new CapacityReport(throttling, catalogue)), BackgroundWork.MAINTENANCE);
    return throttling;
  }

  private static EnginePorts ports(
      DirectoryParts principals,
      Capacity capacity,
      RegionParts regions,
      Runnable building,
      ArchiveAccess archive,
      TransferAccess transfers,
      KeyAccess keys,
      Clock clock) {
    return new EnginePorts(
        new AccountPermissions(clock, principals.standings()),
        capacity,
        regions.anomalies(),
        building,
        archive,
        transfers,
        regions.peers(),
        keys,
        System::nanoTime);
  }

  private static Services services(Engine engine, LoadControl load) {
    return Services.of(
        Operations.over(engine, load),
        Operations.streamsOver(engine, load),
        ScalingOperations.over(engine.autoScaling(), load));
  }

  /** Opens the catalogue; of a store that is shared, as one of several servers. */
  private static Catalogue catalogue(
      ServerSettings settings, Store store, Clock clock, StoreHealth health, Parts parts) {
    if (!(settings.store() instanceof StoreLocation.InPostgres shared)) {
      return Catalogue.open(store, clock, settings.engine());
    }
    SharedServers servers =
        new SharedServers(
            store,
            UUID.randomUUID().toString(),
            shared.lease(),
            System::nanoTime,
            () -> LockSupport.parkNanos(AWAITING_SERVERS.toNanos()));
    long term = servers.join();
    Catalogue catalogue = Catalogue.open(store, clock, settings.engine(), servers);
    parts.add(
        Membership.begin(servers, catalogue, health, term, shared.lease(), daemon("membership")));
    return catalogue;
  }

  private static HttpSettings httpSettings(
      ServerSettings settings, long heapBytes, FailureLimits failures) {
    return new HttpSettings(
        settings.host(),
        settings.port(),
        settings.allowedHosts(),
        settings.allowedOrigins(),
        settings.protection().networks(),
        HttpLimits.forMachine(heapBytes, maxOpenFiles()),
        failures,
        settings.protection().tls().map(tls -> tls::newEngine));
  }

  private static void lookAfter(
      ServerSettings settings, DirectoryParts principals, Clock clock, BackgroundWork work) {
    settings.protection().tls().ifPresent(tls -> work.reload(tls::reload));
    work.maintain(List.of(() -> principals.directory().storeUses(clock.instant())), STORING_USES);
    principals.file().ifPresent(file -> work.reload(file::reload));
    principals.certificates().ifPresent(file -> work.reload(file::reload));
  }

  /** Returns how often shards are looked after: often enough for their lifetime. */
  private static Duration shardPeriod(StreamSettings streams) {
    Duration half = Duration.ofMillis(streams.shardLifetime().toMillis() / 2);
    return half.compareTo(BackgroundWork.MAINTENANCE) < 0 ? half : BackgroundWork.MAINTENANCE;
  }

  private static void startMaintenance(
      Store store,
      Catalogue catalogue,
      RequestTokens tokens,
      StreamSettings streams,
      Clock clock,
      BackgroundWork work) {
    work.maintain(
        List.of(new ShardMaintenance(store, catalogue, clock, streams)::maintain),
        shardPeriod(streams));
    work.maintain(
        List.of(
            catalogue::maintain,
            tokens::maintain,
            new TombstoneCollection(store, catalogue, clock, TombstoneCollection.KEPT)::maintain),
        BackgroundWork.MAINTENANCE);
  }

  /** Begins to watch the keys that tables name, if anything is encrypted. */
  private static KeyAccess keyAccess(
      EncryptionParts encryption, Catalogue catalogue, Clock clock, BackgroundWork work) {
    if (encryption.encrypted().isEmpty() || encryption.tableKeys().equals(TableKeys.NONE)) {
      return KeyAccess.NONE;
    }
    EncryptedStore store = encryption.encrypted().get();
    store.followTableKeys(space ->
        catalogue.tableOf(space).map(table -> new KeyChoice(EncryptionKeys.chosen(table))));
    TableKeyWatch watch = new TableKeyWatch(store, encryption.tableKeys(), clock, UUID::randomUUID);
    watch.run();
    work.maintain(List.of(watch), KEY_WATCH);
    return watch;
  }

  private static void startDeliveries(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      RegionParts regions,
      Clock clock,
      Parts parts,
      BackgroundWork work) {
    if (regions.connections().dependOnFiles()) {
      work.reload(regions.connections()::reload);
    }
    Deliveries deliveries =
        parts.add(
            new DeliveryParts(settings, store, catalogue, clock, parts)
                .deliveries(regions.readers()));
    work.deliver(deliveries::run);
  }

  private static TransferAccess transfers(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      Optional<ArchiveParts> archive,
      Clock clock,
      Parts parts,
      BackgroundWork work) {
    return TransferParts.open(
            settings,
            store,
            catalogue,
            archive.map(ArchiveParts::archive),
            clock,
            threads -> parts.add(Executors.newFixedThreadPool(threads, daemon("item-writer"))))
        .map(opened -> opened.start(work::runJobs))
        .orElse(TransferAccess.NONE);
  }

  private static ArchiveAccess startArchive(ArchiveParts archive, BackgroundWork work) {
    archive.renewal().ifPresent(work::renewKeys);
    Archiver archiver = archive.archiver();
    Restorations restorations = archive.restorations();
    return new ArchiveAccess(
        true,
        work.runJobs(
            new RecurringStep.Work("archiving", archiver::run, archiver::waiting),
            stopping(archiver::stop, archive)),
        work.runJobs(restorations::run, stopping(restorations::stop, archive), "restorations"));
  }

  /** Ends a job's wait for the archive, too. */
  private static Runnable stopping(Runnable stop, ArchiveParts archive) {
    return () -> {
      stop.run();
      archive.archive().stop();
    };
  }

  private static HeavyWork heavyWork(Parts parts) {
    int threads = HEAVY_THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    ExecutorService executor =
        parts.addExecutor(Executors.newFixedThreadPool(threads, daemon("heavy")));
    return new HeavyWork(executor, HEAVY_PLACES, HEAVY_PATIENCE, System::nanoTime);
  }

  /** Returns the number of pages that fit in the heap at the same time. */
  private static int pagesAtOnce() {
    return (int) Math.max(1, Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_PAGE);
  }

  /** Returns the most files that this process may open, including connections. */
  private static long maxOpenFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  private static ThreadFactory thread(String name) {
    return Thread.ofPlatform().name(name).factory();
  }

  private static ThreadFactory daemon(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }
}

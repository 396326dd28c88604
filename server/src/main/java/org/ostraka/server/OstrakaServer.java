package org.ostraka.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.ostraka.delivery.Deliveries;
import org.ostraka.engine.Engine;
import org.ostraka.engine.backup.ArchiveAccess;
import org.ostraka.engine.backup.Archiver;
import org.ostraka.engine.backup.Restorations;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.encryption.EncryptionKeys;
import org.ostraka.engine.encryption.KeyAccess;
import org.ostraka.engine.expiry.Sweeper;
import org.ostraka.engine.gate.AccountPermissions;
import org.ostraka.engine.iam.WebIdentityTokens;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.item.TombstoneCollection;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.engine.stream.ShardMaintenance;
import org.ostraka.engine.throttle.Throttling;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.engine.transfer.TransferAccess;
import org.ostraka.model.Region;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.TableKeys;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.auth.NewRootKey;
import org.ostraka.server.auth.UnsignedRequests;
import org.ostraka.server.config.OidcSettings;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.HttpEndpoint;
import org.ostraka.server.http.HttpLimits;
import org.ostraka.server.http.HttpServer;
import org.ostraka.server.http.HttpSettings;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.query.QueryEndpoint;
import org.ostraka.server.region.RegionEndpoint;
import org.ostraka.server.webidentity.SignedTokens;
import org.ostraka.server.wire.LoadControl;
import org.ostraka.server.wire.Operations;
import org.ostraka.server.wire.Services;
import org.ostraka.server.work.HeavyWork;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.storage.encryption.EncryptedStore;
import org.ostraka.storage.encryption.KeyChoice;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.storage.volume.FailStop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Ostraka: the composition root, which makes clock, random sources, threads and disk. One
 * thread starts and closes it.
 */
public final class OstrakaServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OstrakaServer.class);

  /**
   * How often the server finishes deletions, stores the sizes of tables, and removes expired
   * tokens.
   */
  private static final Duration MAINTENANCE = Duration.ofSeconds(10);

  /**
   * How often the server looks for indexes to build. Nothing signals that a table has become ready
   * for building.
   */
  private static final Duration BUILDING = Duration.ofSeconds(1);

  /** How often the server looks for keys to replace, besides at its start and end. */
  private static final Duration KEY_RENEWAL = Duration.ofHours(1);

  /** How often the keys that tables name are tried. */
  private static final Duration KEY_WATCH = Duration.ofMinutes(1);

  /** How often the server stores when keys were last used. */
  private static final Duration STORING_USES = Duration.ofMinutes(5);

  /** How often the server looks for changes to archive and for tables to restore. */
  private static final Duration ARCHIVING = Duration.ofMillis(500);

  /** How often the server looks for changes to deliver: new shards, readers, streams. */
  private static final Duration DELIVERIES = Duration.ofMillis(500);

  /**
   * How often the server looks whether the files of its certificate or of accounts have changed.
   */
  private static final Duration RELOADING = Duration.ofSeconds(5);

  /** How often the server looks for items that have expired. */
  private static final Duration SWEEPING = Duration.ofSeconds(1);

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
  private final Parts parts;
  private final DirectoryParts principals;
  private final boolean encrypts;

  private OstrakaServer(HttpServer http, Parts parts, DirectoryParts principals, boolean encrypts) {
    this.http = http;
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
    encryption.renewal().ifPresent(renewal -> startRenewing(renewal, parts));
    StoreHealth health = new StoreHealth(System::nanoTime);
    Catalogue catalogue = catalogue(settings, store, clock, health, parts);
    KeyAccess keys = keyAccess(encryption, catalogue, clock, parts);
    RequestTokens tokens = new RequestTokens(store, clock);
    startMaintenance(store, catalogue, tokens, settings.engine().streams(), clock, parts);
    Runnable building = building(new IndexBuilder(store, catalogue, clock), parts);
    startSweeping(new Sweeper(store, catalogue, clock), parts);
    RegionParts regions = RegionParts.of(settings, store, catalogue, clock, building, parts);
    startDeliveries(settings, store, catalogue, regions, clock, parts);
    Optional<ArchiveParts> opened =
        ArchiveParts.open(settings, store, catalogue, master, encryption.areOn(), clock);
    ArchiveAccess archive =
        opened.map(each -> startArchive(each, parts)).orElse(ArchiveAccess.NONE);
    TransferAccess transfers = transfers(settings, store, catalogue, opened, clock, parts);
    DirectoryParts principals =
        DirectoryParts.open(settings, store, catalogue, master, clock, new SecureRandom());
    lookAfter(settings, principals, clock, parts);
    long heapBytes = Runtime.getRuntime().maxMemory();
    HeavyWork heavy = heavyWork(parts);
    Throttling throttling = throttling(settings, catalogue, parts);
    Engine engine =
        new Engine(
            store,
            catalogue,
            tokens,
            clock,
            UUID::randomUUID,
            settings.engine().withPagesAtOnce(pagesAtOnce()),
            ports(principals, throttling, regions, building, archive, transfers, keys, clock));
    Services services = services(engine, LoadControl.forHeap(heapBytes, heavy));
    Auditing auditing = Auditing.open(settings.protection().audit(), clock, thread("audit"), parts);
    FailureLimits failures = new FailureLimits(System::nanoTime, new SplittableRandom().nextLong());
    HttpServer http =
        parts.add(
            HttpServer.start(
                httpSettings(settings, heapBytes, failures),
                endpoint(
                    services,
                    settings,
                    principals,
                    regions,
                    clock,
                    heavy,
                    failures,
                    auditing,
                    health),
                new SplittableRandom(),
                System::nanoTime,
                daemon("http-timeouts"),
                heavy));
    return new OstrakaServer(http, parts, principals, encryption.areOn());
  }

  private static Throttling throttling(ServerSettings settings, Catalogue catalogue, Parts parts) {
    Throttling throttling = new Throttling(settings.engine().capacity(), System::nanoTime);
    maintain(List.of(new CapacityReport(throttling, catalogue)), MAINTENANCE, parts);
    return throttling;
  }

  private static Engine.Ports ports(
      DirectoryParts principals,
      Throttling throttling,
      RegionParts regions,
      Runnable building,
      ArchiveAccess archive,
      TransferAccess transfers,
      KeyAccess keys,
      Clock clock) {
    return new Engine.Ports(
        new AccountPermissions(clock, principals.standings()),
        throttling,
        regions.anomalies(),
        building,
        archive,
        transfers,
        regions.peers(),
        keys);
  }

  private static Services services(Engine engine, LoadControl load) {
    return Services.of(Operations.over(engine, load), Operations.streamsOver(engine, load));
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

  private static HttpEndpoint endpoint(
      Services services,
      ServerSettings settings,
      DirectoryParts principals,
      RegionParts regions,
      Clock clock,
      HeavyWork heavy,
      FailureLimits failures,
      Auditing auditing,
      StoreHealth health) {
    HttpEndpoint api =
        new QueryEndpoint(
            principals.services(clock, webIdentityTokens(settings.principals().oidc(), clock)),
            authentication(settings, principals, Set.of(), clock, heavy, failures),
            new UnsignedRequests(failures),
            UUID::randomUUID,
            auditing.recording(),
            new ApiEndpoint(
                services,
                settings,
                certificatesToo(
                    principals,
                    authentication(
                        settings, principals, settings.regions(), clock, heavy, failures),
                    clock),
                auditing,
                health));
    return new RegionEndpoint(
        regions.own(),
        regions.report(),
        certificatesToo(
            principals,
            authentication(settings, principals, Set.of(), clock, heavy, failures),
            clock),
        regions.connections()::principals,
        regions.executor(),
        api);
  }

  private static Authentication certificatesToo(
      DirectoryParts principals, Authentication signed, Clock clock) {
    return principals
        .certificates()
        .map(file -> Authentication.withCertificates(file.holders(), signed, clock))
        .orElse(signed);
  }

  private static WebIdentityTokens webIdentityTokens(OidcSettings oidc, Clock clock) {
    return new SignedTokens(oidc.keyFiles(), oidc.trust(), clock);
  }

  private static Authentication authentication(
      ServerSettings settings,
      DirectoryParts principals,
      Set<Region> regions,
      Clock clock,
      HeavyWork heavy,
      FailureLimits failures) {
    return Authentication.of(
        principals.keys(), settings.accounts(), regions, clock, heavy, failures);
  }

  private static void lookAfter(
      ServerSettings settings, DirectoryParts principals, Clock clock, Parts parts) {
    settings.protection().tls().ifPresent(tls -> startReloading(tls::reload, parts));
    maintain(List.of(() -> principals.directory().storeUses(clock.instant())), STORING_USES, parts);
    principals.file().ifPresent(file -> startReloading(file::reload, parts));
    principals.certificates().ifPresent(file -> startReloading(file::reload, parts));
  }

  /** Returns how often shards are looked after: often enough for their lifetime. */
  private static Duration shardPeriod(StreamSettings streams) {
    Duration half = streams.shardLifetime().dividedBy(2);
    return half.compareTo(MAINTENANCE) < 0 ? half : MAINTENANCE;
  }

  private static void startMaintenance(
      Store store,
      Catalogue catalogue,
      RequestTokens tokens,
      StreamSettings streams,
      Clock clock,
      Parts parts) {
    maintain(
        List.of(new ShardMaintenance(store, catalogue, clock, streams)::maintain),
        shardPeriod(streams),
        parts);
    maintain(
        List.of(
            catalogue::maintain,
            tokens::maintain,
            new TombstoneCollection(store, catalogue, clock, TombstoneCollection.KEPT)::maintain),
        MAINTENANCE,
        parts);
  }

  /** Starts maintenance: some work at regular intervals, and once more at the end. */
  private static void maintain(List<Runnable> works, Duration every, Parts parts) {
    Runnable maintenance = () -> works.forEach(Runnable::run);
    parts.add(() -> maintain(maintenance));
    ScheduledExecutorService timer =
        parts.addExecutor(Executors.newSingleThreadScheduledExecutor(daemon("maintenance")));
    long period = every.toMillis();
    // Its failures are handled within: the handle has nothing to report.
    var _ =
        timer.scheduleWithFixedDelay(
            () -> maintain(maintenance), period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * Starts building indexes: those that a stop interrupted, and new ones at once when the returned
   * object is run.
   *
   * @return to be run when there may be an index to build
   */
  private static Runnable building(IndexBuilder builder, Parts parts) {
    ScheduledExecutorService executor =
        parts.add(Executors.newSingleThreadScheduledExecutor(daemon("index-builder")));
    parts.add(builder::stop);
    Runnable build = () -> maintain(() -> builder.run(OstrakaServer::halfOfTheTime));
    long period = BUILDING.toMillis();
    // Its failures are handled within: the handle has nothing to report.
    var _ = executor.scheduleWithFixedDelay(build, 0, period, TimeUnit.MILLISECONDS);
    return () -> executor.execute(build);
  }

  /**
   * Replaces keys at once, since an operator may remove an earlier master key after this start, and
   * then at regular intervals.
   */
  private static void startRenewing(Runnable renewal, Parts parts) {
    renewal.run();
    maintain(List.of(renewal), KEY_RENEWAL, parts);
  }

  /** Begins to watch the keys that tables name, if anything is encrypted. */
  private static KeyAccess keyAccess(
      EncryptionParts encryption, Catalogue catalogue, Clock clock, Parts parts) {
    if (encryption.encrypted().isEmpty() || encryption.tableKeys().equals(TableKeys.NONE)) {
      return KeyAccess.NONE;
    }
    EncryptedStore store = encryption.encrypted().get();
    store.followTableKeys(space ->
        catalogue.tableOf(space).map(table -> new KeyChoice(EncryptionKeys.chosen(table))));
    TableKeyWatch watch = new TableKeyWatch(store, encryption.tableKeys(), clock, UUID::randomUUID);
    watch.run();
    maintain(List.of(watch), KEY_WATCH, parts);
    return watch;
  }

  /** Starts deleting expired items. */
  private static void startSweeping(Sweeper sweeper, Parts parts) {
    ScheduledExecutorService executor =
        parts.add(Executors.newSingleThreadScheduledExecutor(daemon("sweeper")));
    parts.add(sweeper::stop);
    Runnable sweep = () -> maintain(() -> sweeper.maintain(OstrakaServer::halfOfTheTime));
    long period = SWEEPING.toMillis();
    // Its failures are handled within: the handle has nothing to report.
    var _ = executor.scheduleWithFixedDelay(sweep, period, period, TimeUnit.MILLISECONDS);
  }

  /** Starts delivering changes of tables to those who want them. */
  private static void startDeliveries(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      RegionParts regions,
      Clock clock,
      Parts parts) {
    startReloading(regions.connections()::reload, parts);
    Deliveries deliveries =
        parts.add(
            new DeliveryParts(settings, store, catalogue, clock, parts)
                .deliveries(regions.readers()));
    ScheduledExecutorService executor =
        parts.addExecutor(Executors.newSingleThreadScheduledExecutor(daemon("deliveries")));
    long period = DELIVERIES.toMillis();
    // Its failures are handled within: the handle has nothing to report.
    var _ =
        executor.scheduleWithFixedDelay(
            () -> maintain(deliveries::run), period, period, TimeUnit.MILLISECONDS);
  }

  private static TransferAccess transfers(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      Optional<ArchiveParts> archive,
      Clock clock,
      Parts parts) {
    return TransferParts.open(
            settings,
            store,
            catalogue,
            archive.map(ArchiveParts::archive),
            clock,
            threads ->
                parts.addExecutor(Executors.newFixedThreadPool(threads, daemon("import-writer"))))
        .map(opened -> opened.start((run, stop, name) -> startArchiving(run, stop, name, parts)))
        .orElse(TransferAccess.NONE);
  }

  private static ArchiveAccess startArchive(ArchiveParts archive, Parts parts) {
    archive.renewal().ifPresent(renewal -> startRenewing(renewal, parts));
    Archiver archiver = archive.archiver();
    Restorations restorations = archive.restorations();
    return new ArchiveAccess(
        true,
        startArchiving(archiver::run, archiver::stop, "archiver", parts),
        startArchiving(restorations::run, restorations::stop, "restorations", parts));
  }

  /**
   * Starts archiving or restoring.
   *
   * @return to be run when there is something to do at once
   */
  private static Runnable startArchiving(Runnable work, Runnable stop, String name, Parts parts) {
    ScheduledExecutorService executor =
        parts.add(Executors.newSingleThreadScheduledExecutor(daemon(name)));
    parts.add(stop::run);
    Runnable once = () -> maintain(work);
    long period = ARCHIVING.toMillis();
    // Its failures are handled within: the handle has nothing to report.
    var _ = executor.scheduleWithFixedDelay(once, 0, period, TimeUnit.MILLISECONDS);
    return () -> executor.execute(once);
  }

  /** Starts reading certificates that change. */
  private static void startReloading(Runnable reload, Parts parts) {
    ScheduledExecutorService executor =
        parts.addExecutor(Executors.newSingleThreadScheduledExecutor(daemon("reloading")));
    long period = RELOADING.toMillis();
    // Its failures are handled within: the handle has nothing to report.
    var _ =
        executor.scheduleWithFixedDelay(
            () -> maintain(reload), period, period, TimeUnit.MILLISECONDS);
  }

  /** Runs a step and rests as long as it took, which leaves half of the time to requests. */
  private static boolean halfOfTheTime(BooleanSupplier step) {
    long start = System.nanoTime();
    boolean more = step.getAsBoolean();
    if (more) {
      LockSupport.parkNanos(System.nanoTime() - start);
    }
    return more;
  }

  private static HeavyWork heavyWork(Parts parts) {
    int threads = HEAVY_THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    ExecutorService executor =
        parts.addExecutor(Executors.newFixedThreadPool(threads, daemon("heavy")));
    return new HeavyWork(executor, HEAVY_PLACES, HEAVY_PATIENCE, System::nanoTime);
  }

  private static void maintain(Runnable maintenance) {
    try {
      maintenance.run();
    } catch (StorageException failure) {
      LOG.warn("maintenance will be tried again: {}", failure.getMessage());
    } catch (RuntimeException | Error broken) {
      // An exception would end the timer silently.
      LOG.error("maintenance is broken and will be tried again", broken);
    }
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

package org.ostraka.delivery.region;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.Deliveries;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.engine.region.GroupExchange;
import org.ostraka.engine.region.LocalPeer;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.Peers;
import org.ostraka.engine.region.TableCopy;
import org.ostraka.engine.stream.ShardMaintenance;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.model.AccountId;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Bytes;
import org.ostraka.model.Caller;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.ScalarType;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableName;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.DeleteItem;
import org.ostraka.model.operation.DeleteTable;
import org.ostraka.model.operation.DescribeTable;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.PutResourcePolicy;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.model.operation.UpdateTable;
import org.ostraka.model.operation.WriteCondition;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;

/** A region with a store, a clock and threads of its own. Any thread; one thread closes. */
final class TestRegion implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration REPEAT = Duration.ofMillis(500);

  private final Region region;
  private final Caller caller;
  private final Store store;
  private final Catalogue catalogue;
  private final Engine engine;
  private final GlobalTables tables;
  private final LocalPeer own;
  private final Deliveries deliveries;
  private final ShardMaintenance maintenance;
  private final ReplicationStatus status = new ReplicationStatus();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor();

  TestRegion(String name, Clock clock, Peers peers, RandomGenerator random) {
    this(name, clock, peers, random, new MemoryVolume(MemoryVolume.Steps.SOUND));
  }

  /** Opens a region whose data is in a volume, such as that of a region that was closed. */
  TestRegion(String name, Clock clock, Peers peers, RandomGenerator random, MemoryVolume volume) {
    this(name, "000000000000", clock, peers, random, volume);
  }

  /** Opens a region whose caller is of another account. */
  TestRegion(
      String name,
      String account,
      Clock clock,
      Peers peers,
      RandomGenerator random,
      MemoryVolume volume) {
    this.region = new Region(name);
    this.caller =
        new Caller(new Principal.AccessKey("key"), new Owner(new AccountId(account), region));
    this.store = new VolumeStore(volume, new HybridClock(clock), Thread::new, _ -> {}, 1 << 20);
    this.catalogue = Catalogue.open(store, clock, EngineSettings.DEFAULT);
    this.tables =
        new GlobalTables(catalogue, clock, UUID::randomUUID, EngineSettings.DEFAULT, () -> {});
    this.own = new LocalPeer(store, catalogue, tables, new StoredProgress(store, clock));
    this.engine =
        new Engine(
            store,
            catalogue,
            new RequestTokens(store, clock),
            clock,
            UUID::randomUUID,
            EngineSettings.DEFAULT,
            EnginePorts.standard(clock).withPeers(peers));
    ReplicaReaders readers =
        new ReplicaReaders(
            store,
            catalogue,
            tables,
            peers,
            new GroupExchange(tables, peers, executor, REPEAT),
            status,
            executor,
            clock,
            new BackOff(Duration.ofMillis(1), Duration.ofMillis(20), random, Thread::sleep));
    this.deliveries =
        new Deliveries(
            store,
            catalogue,
            List.of(readers),
            task -> Thread.ofVirtual().unstarted(task),
            Thread::sleep,
            Duration.ofSeconds(10));
    this.maintenance = new ShardMaintenance(store, catalogue, clock, StreamSettings.DEFAULT);
    IndexBuilder builder = new IndexBuilder(store, catalogue, clock);
    var _ =
        driver.scheduleWithFixedDelay(
            () -> {
              builder.run(IndexBuilder.Pace.UNBROKEN);
              deliveries.run();
            },
            0,
            TICK.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  Region region() {
    return region;
  }

  Caller caller() {
    return caller;
  }

  Engine engine() {
    return engine;
  }

  LocalPeer peer() {
    return own;
  }

  TableArn table(String name) {
    return new TableArn(caller.owner(), new TableName(name));
  }

  /** Returns the rows of a table's items by the items' keys. */
  Map<Bytes, Row> items(String name) {
    TableRecord record = catalogue.describe(table(name)).orElseThrow().current().orElseThrow();
    Map<Bytes, Row> rows = new HashMap<>();
    try (Cursor cursor =
        store.scan(Range.OfSlice.all(record.items()), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        Item item = ItemEncoding.decode(row.get().value());
        rows.put(ItemEncoding.encode(ItemKey.within(record.description().key(), item)), row.get());
        row = cursor.next();
      }
    }
    return rows;
  }

  /** Returns all records of a table's log, shard by shard. */
  List<LogRecord> records(String name) {
    List<LogRecord> records = new ArrayList<>();
    for (LogHistory.Shard shard : new LogHistories(store).of(table(name)).shards()) {
      var page =
          store.readLog(shard.id(), store.oldest(shard.id()), Store.MAX_LOG_PAGE, Long.MAX_VALUE);
      while (!page.records().isEmpty()) {
        records.addAll(page.records());
        page = store.readLog(shard.id(), page.next(), Store.MAX_LOG_PAGE, Long.MAX_VALUE);
      }
    }
    return records;
  }

  void createTable(String name) {
    createTable(name, null, null);
  }

  /** Creates a table that other accounts may replicate, if it has a mode and a policy. */
  void createTable(String name, @Nullable SettingsReplication mode, @Nullable String policy) {
    var _ =
        engine
            .createTable()
            .handle(
                caller,
                new CreateTable.Request(
                    name,
                    List.of(
                        new AttributeDefinition("id", ScalarType.S),
                        new AttributeDefinition("city", ScalarType.S)),
                    List.of(new KeySchemaElement("id", KeyType.HASH)),
                    null,
                    List.of(
                        new NewIndex(
                            "by-city",
                            List.of(new KeySchemaElement("city", KeyType.HASH)),
                            "ALL",
                            null,
                            null,
                            null)),
                    BillingMode.PAY_PER_REQUEST,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false,
                    List.of(),
                    null,
                    policy,
                    mode,
                    null));
  }

  /** Creates a replica of another account's table. */
  void createReplica(TableArn source, String policy) {
    var _ =
        engine
            .createTable()
            .handle(
                caller,
                new CreateTable.Request(
                    source.table().value(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false,
                    List.of(),
                    null,
                    policy,
                    SettingsReplication.ENABLED,
                    source.toString()));
  }

  /** Replaces the policy of a table. */
  void putPolicy(String name, String policy) {
    var _ =
        engine
            .putResourcePolicy()
            .handle(
                caller, new PutResourcePolicy.Request(table(name).toString(), policy, null, false));
  }

  /** Returns whether this region has begun to send changes of a replica to another region. */
  boolean sends(String name, Region to) {
    GlobalTable global = describe(name).global().orElseThrow();
    return new LogReaders(store).find(table(name), ReplicaReaders.name(global, to)).isPresent();
  }

  /** Returns a copy of a replica, of which nothing was copied yet. */
  TableCopy copy(String name, Region target, Peer peer) {
    TableRecord record = catalogue.describe(table(name)).orElseThrow().current().orElseThrow();
    return new TableCopy(store, catalogue, record, target, peer, Optional.empty());
  }

  /** Adds or removes a replica of a table. */
  void change(String name, ReplicaUpdate update) {
    change(name, List.of(update), null);
  }

  /** Makes this region's replica a table of one region, once everything is replicated. */
  void disassociate(String name) {
    change(name, null, false);
    String own = region.value();
    change(name, new ReplicaUpdate(null, null, null, own, ReplicaSettings.NONE));
  }

  private void change(
      String name,
      @Nullable List<ReplicaUpdate> updates,
      @Nullable Boolean disassociationProtected) {
    var _ =
        engine
            .updateTable()
            .handle(
                caller,
                new UpdateTable.Request(
                    name,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    updates,
                    disassociationProtected,
                    null));
  }

  /** Protects a table from deletion. */
  void protect(String name) {
    var _ =
        engine
            .updateTable()
            .handle(
                caller,
                new UpdateTable.Request(
                    name, null, null, null, null, null, null, null, true, null, null));
  }

  TableDescription describe(String name) {
    return engine.describeTable().handle(caller, new DescribeTable.Request(name)).table();
  }

  boolean has(String name) {
    return catalogue.describe(table(name)).isPresent();
  }

  void deleteTable(String name) {
    var _ = engine.deleteTable().handle(caller, new DeleteTable.Request(name));
  }

  void put(String table, String key, String city, String value) {
    Item item =
        new Item(
            Map.of(
                "id", new AttributeValue.S(key),
                "city", new AttributeValue.S(city),
                "value", new AttributeValue.S(value)));
    var _ =
        engine
            .putItem()
            .handle(
                caller,
                new PutItem.Request(
                    table,
                    item,
                    WriteCondition.NONE,
                    ReturnValues.NONE,
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.NONE));
  }

  void delete(String table, String key) {
    var _ =
        engine
            .deleteItem()
            .handle(
                caller,
                new DeleteItem.Request(
                    table,
                    new Item(Map.of("id", new AttributeValue.S(key))),
                    WriteCondition.NONE,
                    ReturnValues.NONE,
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.NONE));
  }

  /** A state of affairs. */
  interface Condition {
    boolean holds();
  }

  /** Waits until a condition holds. */
  static void await(String what, Condition condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 3_000; i++) {
      if (condition.holds()) {
        return;
      }
      var _ = never.await(TICK.toMillis(), TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not within a minute: " + what);
  }

  static ChangeRecord change(LogRecord record) {
    return ChangeRecord.of(record.value());
  }

  /** Returns the stamp up to which everything is durable in another region. */
  Stamp durable(String name, Region to) {
    return new ReplicationReport(store, status).durable(describe(name), to);
  }

  /** Returns the measures of replication. */
  List<ReplicationMetrics.Link> metrics() {
    return new ReplicationMetrics(tables, new ReplicationReport(store, status), status).get();
  }

  ReplicationStatus status() {
    return status;
  }

  /** Replaces the shards that are old enough. */
  void replaceShards() {
    maintenance.maintain();
  }

  IntegrityCheck.Report check() {
    return IntegrityCheck.run(store);
  }

  /** Removes the changes of a table that were not sent, as after a long time. */
  void trim(String name) {
    for (LogHistory.Shard shard : new LogHistories(store).of(table(name)).shards()) {
      store.trim(shard.id(), store.newest(shard.id()));
    }
  }

  /** Stops sending changes; the store stays open. */
  void stop() throws InterruptedException {
    driver.shutdown();
    driver.awaitTermination(10, TimeUnit.SECONDS);
    deliveries.close();
    endCopies();
  }

  /** Ends copies and messages that are under way, which others would take after a restart. */
  private void endCopies() {
    executor.shutdownNow();
    executor.close();
  }

  @Override
  public void close() {
    driver.shutdownNow();
    deliveries.close();
    endCopies();
    store.close();
  }
}

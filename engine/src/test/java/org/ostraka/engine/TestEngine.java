package org.ostraka.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.StoredRecord;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableSpaces;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encryption.KeyAccess;
import org.ostraka.engine.expiry.Sweeper;
import org.ostraka.engine.gate.Capacity;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.gate.Permissions;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.lease.Servers;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.model.AccountId;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableName;
import org.ostraka.model.TableSize;
import org.ostraka.model.TimeToLiveDescription;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.DeleteItem;
import org.ostraka.model.operation.DeleteTable;
import org.ostraka.model.operation.DescribeTable;
import org.ostraka.model.operation.DescribeTimeToLive;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.UpdateTable;
import org.ostraka.model.operation.UpdateTimeToLive;
import org.ostraka.model.operation.WriteCondition;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.store.RerunningStore;

/** The engine over a volume in memory, as its operations show it. Any thread; one thread closes. */
public final class TestEngine implements AutoCloseable {
  public static final Caller CALLER =
      new Caller(
          new Principal.AccessKey("key"),
          new Owner(new AccountId("000000000000"), new Region("eu-central-1")));

  /** Takes each building one step further, and no more. */
  public static final IndexBuilder.Pace ONE_STEP =
      step -> {
        var _ = step.getAsBoolean();
        return false;
      };

  private static final long CACHE_BYTES = 64 << 10;
  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final Caller caller;
  private final MemoryVolume volume;
  private final Store store;
  private final ManualClock clock;
  private final EngineSettings settings;
  private final Catalogue catalogue;
  private final Engine operations;

  public TestEngine() {
    this(new MemoryVolume(MemoryVolume.Steps.SOUND), new ManualClock(START), Duration.ZERO);
  }

  public TestEngine(MemoryVolume volume, ManualClock clock, Duration transition) {
    this(volume, clock, new EngineSettings(transition));
  }

  public TestEngine(EngineSettings settings) {
    this(new MemoryVolume(MemoryVolume.Steps.SOUND), new ManualClock(START), settings);
  }

  private TestEngine(MemoryVolume volume, ManualClock clock, EngineSettings settings) {
    this(volume, clock, settings, store(volume, clock), Servers.SOLE);
  }

  private TestEngine(
      MemoryVolume volume,
      ManualClock clock,
      EngineSettings settings,
      Store store,
      Servers servers) {
    this(CALLER, volume, clock, settings, store, servers);
  }

  private TestEngine(
      Caller caller,
      MemoryVolume volume,
      ManualClock clock,
      EngineSettings settings,
      Store store,
      Servers servers) {
    this.caller = caller;
    this.volume = volume;
    this.clock = clock;
    this.settings = settings;
    this.store = store;
    this.catalogue = Catalogue.open(store, clock, settings, servers);
    this.operations = operations(EnginePorts.standard(clock));
  }

  /**
   * Returns one of several engines that share a store.
   *
   * @param term the term of the engine's server that has just begun
   */
  public static TestEngine sharing(
      MemoryVolume volume, ManualClock clock, Store store, SharedServers servers, long term) {
    TestEngine engine =
        new TestEngine(volume, clock, new EngineSettings(Duration.ZERO), store, servers);
    servers.saw(term, engine.catalogue.follow());
    return engine;
  }

  /** Returns one of several engines that share a store that is not on a volume. */
  public static TestEngine sharing(
      ManualClock clock, Store store, SharedServers servers, long term) {
    return sharing(new MemoryVolume(MemoryVolume.Steps.SOUND), clock, store, servers, term);
  }

  /** Returns an engine that has a store alone. */
  public static TestEngine over(MemoryVolume volume, ManualClock clock, Store store) {
    return new TestEngine(volume, clock, new EngineSettings(Duration.ZERO), store, Servers.SOLE);
  }

  /** Returns an engine whose caller's tables are in this region. */
  public static TestEngine in(Region region, ManualClock clock) {
    MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
    return new TestEngine(
        new Caller(CALLER.principal(), new Owner(CALLER.owner().account(), region)),
        volume,
        clock,
        new EngineSettings(Duration.ZERO),
        store(volume, clock),
        Servers.SOLE);
  }

  /** Opens a store on a volume, or on its database, that runs each decision several times. */
  public static Store store(MemoryVolume volume, ManualClock clock) {
    return new RerunningStore(
        EngineDatabases.ARE_USED
            ? EngineDatabases.open(volume, clock)
            : new VolumeStore(volume, new HybridClock(clock), Thread::new, _ -> {}, CACHE_BYTES));
  }

  /** A new engine on the same volume, without a word to this one. */
  public TestEngine restart() {
    return restart(settings);
  }

  /** A new engine on the same volume with other settings. */
  public TestEngine restart(EngineSettings changed) {
    store.close();
    return again(volume, changed);
  }

  /** A new engine on what a machine would find after losing power now. */
  public TestEngine afterCrash(int kept, MemoryVolume.Steps steps) {
    if (EngineDatabases.ARE_USED) {
      EngineDatabases.breakConnections(volume);
      return restart(settings);
    }
    store.close();
    return again(volume.afterCrash(kept, steps), settings);
  }

  private TestEngine again(MemoryVolume stored, EngineSettings next) {
    return new TestEngine(caller, stored, clock, next, store(stored, clock), Servers.SOLE);
  }

  /** Returns the volume, which an engine on PostgreSQL has not. */
  public MemoryVolume volume() {
    Assumptions.assumeFalse(EngineDatabases.ARE_USED, "needs a volume");
    return volume;
  }

  /** Verifies what is stored, whether or not the engine is closed. */
  public IntegrityCheck.Report check() {
    try (Store open = store(volume, clock)) {
      return IntegrityCheck.run(open);
    }
  }

  /** Returns the engine's store, which runs each decision several times. */
  public Store store() {
    return store;
  }

  public ManualClock clock() {
    return clock;
  }

  public EngineSettings settings() {
    return settings;
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /** Returns the operations, without faults. */
  public Engine operations() {
    return operations;
  }

  /** Returns a gate that lets everything pass. */
  public Gate gate() {
    return new Gate(
        catalogue,
        new LogHistories(store),
        Permissions.ALL,
        Capacity.UNLIMITED,
        KeyAccess.NONE,
        () -> 0);
  }

  /** Returns operations with other ports on the same store and catalogue. */
  public Engine operations(EnginePorts ports) {
    return new Engine(
        store,
        catalogue,
        new RequestTokens(store, clock),
        clock,
        UUID::randomUUID,
        settings,
        ports);
  }

  public TableDescription create(String name) {
    return create(name, "id", ScalarType.S, null);
  }

  public TableDescription create(String name, TableKey key) {
    List<KeySchemaElement> schema = new ArrayList<>();
    schema.add(new KeySchemaElement(key.partition().name(), KeyType.HASH));
    key.sort().ifPresent(sort -> schema.add(new KeySchemaElement(sort.name(), KeyType.RANGE)));
    return create(name, key.attributes(), schema, null, List.of(), List.of());
  }

  /** A table with indexes, whose keys use these attributes besides the table's. */
  public TableDescription create(
      String name,
      TableKey key,
      List<AttributeDefinition> indexed,
      List<NewIndex> local,
      List<NewIndex> global) {
    List<AttributeDefinition> definitions = new ArrayList<>(key.attributes());
    definitions.addAll(indexed);
    List<KeySchemaElement> schema = new ArrayList<>();
    schema.add(new KeySchemaElement(key.partition().name(), KeyType.HASH));
    key.sort().ifPresent(sort -> schema.add(new KeySchemaElement(sort.name(), KeyType.RANGE)));
    return create(name, definitions, schema, null, local, global);
  }

  /** A table with a local index that sorts by a text, and has keys only. */
  public TableDescription createWithLocalIndex(String name, TableKey key, String sort) {
    List<KeySchemaElement> schema =
        List.of(
            new KeySchemaElement(key.partition().name(), KeyType.HASH),
            new KeySchemaElement(sort, KeyType.RANGE));
    return create(
        name,
        key,
        List.of(new AttributeDefinition(sort, ScalarType.S)),
        List.of(new NewIndex("by-" + sort, schema, "KEYS_ONLY", null, null, null)),
        List.of());
  }

  public TableDescription create(
      String name, String key, ScalarType type, @Nullable ThroughputUnits units) {
    return create(
        name,
        List.of(new AttributeDefinition(key, type)),
        List.of(new KeySchemaElement(key, KeyType.HASH)),
        units,
        List.of(),
        List.of());
  }

  private TableDescription create(
      String name,
      List<AttributeDefinition> definitions,
      List<KeySchemaElement> schema,
      @Nullable ThroughputUnits units,
      List<NewIndex> local,
      List<NewIndex> global) {
    CreateTable.Request request =
        new CreateTable.Request(
            name,
            definitions,
            schema,
            local.isEmpty() ? null : local,
            global.isEmpty() ? null : global,
            units == null ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
            units,
            null,
            null,
            null,
            null,
            false,
            List.of(),
            null,
            null);
    return operations.createTable().handle(caller, request).table();
  }

  /** Creates a table of another caller, with the key of {@link #item}. */
  public void createFor(Caller caller, String name) {
    operations
        .createTable()
        .handle(
            caller,
            new CreateTable.Request(
                name,
                List.of(new AttributeDefinition("id", ScalarType.S)),
                List.of(new KeySchemaElement("id", KeyType.HASH)),
                null,
                null,
                BillingMode.PAY_PER_REQUEST,
                null,
                null,
                null,
                null,
                null,
                false,
                List.of(),
                null,
                null));
  }

  public TableDescription delete(String name) {
    return operations.deleteTable().handle(caller, new DeleteTable.Request(name)).table();
  }

  public TableDescription describe(String name) {
    return described(name).table();
  }

  public TableSize size(String name) {
    return described(name).size();
  }

  public TableDescription update(UpdateTable.Request request) {
    return operations.updateTable().handle(caller, request).table();
  }

  /** Changes a table's global indexes. */
  public TableDescription updateIndexes(
      String name, List<AttributeDefinition> definitions, GlobalIndexUpdate update) {
    return update(
        new UpdateTable.Request(
            name, definitions, null, null, null, null, null, null, null, List.of(update), null));
  }

  /** What builds indexes, some items at a time. */
  public IndexBuilder builder(int stepItems) {
    return new IndexBuilder(store, catalogue, clock, stepItems);
  }

  /** What deletes expired items, some items at a time. */
  public Sweeper sweeper(int stepItems) {
    return new Sweeper(store, catalogue, clock, stepItems);
  }

  /** Makes a table's items expire at the time that an attribute has, or ends that. */
  public void updateTimeToLive(String name, String attribute, boolean enabled) {
    var _ =
        operations
            .updateTimeToLive()
            .handle(caller, new UpdateTimeToLive.Request(name, attribute, enabled));
  }

  public TimeToLiveDescription timeToLive(String name) {
    return operations
        .describeTimeToLive()
        .handle(caller, new DescribeTimeToLive.Request(name))
        .timeToLive();
  }

  /** Where the table's items lie. */
  public Space space(String name) {
    try (TableUse use = use(name)) {
      return use.items();
    }
  }

  /** Where the sizes of the table's item collections lie. */
  public Space collectionSpace(String name) {
    try (TableUse use = use(name)) {
      return use.collections().orElseThrow().space();
    }
  }

  /** Uses a table of the engine's caller. */
  public TableUse use(String name) {
    return catalogue.use(caller.principal(), new TableArn(caller.owner(), new TableName(name)));
  }

  public void put(String table, String id) {
    put(table, item(id));
  }

  public void put(String table, Item item) {
    operations
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

  public Optional<Item> get(String table, String id) {
    return Optional.ofNullable(
        operations
            .getItem()
            .handle(
                caller,
                new GetItem.Request(
                    table, item(id), null, null, null, true, ReturnConsumedCapacity.NONE))
            .item());
  }

  public void deleteItem(String table, String id) {
    deleteKey(table, item(id));
  }

  public void deleteKey(String table, Item key) {
    operations
        .deleteItem()
        .handle(
            caller,
            new DeleteItem.Request(
                table,
                key,
                WriteCondition.NONE,
                ReturnValues.NONE,
                ReturnConsumedCapacity.NONE,
                ReturnItemCollectionMetrics.NONE));
  }

  /** Returns all items of a table, as its rows have them. */
  public List<Item> items(String table) {
    List<Item> items = new ArrayList<>();
    try (TableUse use = use(table);
        Cursor cursor =
            store.scan(Range.OfSlice.all(use.items()), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        items.add(ItemEncoding.decode(row.get().value()));
        row = cursor.next();
      }
    }
    return items;
  }

  /** Stores a table's record as it is after {@code change}, whatever that breaks. */
  public void plantRecord(String name, UnaryOperator<Space> change) {
    TableRecord record =
        catalogue.records(caller.owner()).stream()
            .filter(each -> each.description().name().value().equals(name))
            .findFirst()
            .orElseThrow();
    TableSpaces spaces = record.spaces();
    TableRecord planted =
        record.with(
            new TableSpaces(
                change.apply(spaces.items()),
                spaces.indexes(),
                spaces.discarded(),
                spaces.collections(),
                spaces.tombstones(),
                spaces.changes()));
    StoredRecord.put(store, planted);
  }

  /** Returns the ARN of a table of the caller. */
  public static TableArn arn(String name) {
    return new TableArn(CALLER.owner(), new TableName(name));
  }

  public static Item item(String id) {
    return new Item(Map.of("id", new AttributeValue.S(id)));
  }

  public static Item numbered(String name, int number) {
    return new Item(Map.of(name, new AttributeValue.N(BigDecimal.valueOf(number))));
  }

  /** Lets go of the store; what is in the volume stays. */
  @Override
  public void close() {
    store.close();
  }

  private DescribeTable.Response described(String name) {
    return operations.describeTable().handle(caller, new DescribeTable.Request(name));
  }
}

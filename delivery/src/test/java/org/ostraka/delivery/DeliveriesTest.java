package org.ostraka.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.lease.Servers;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.stream.Change;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.model.AccountId;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Bytes;
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
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.StreamSpecification;
import org.ostraka.model.operation.WriteCondition;
import org.ostraka.storage.Guard;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;
import org.ostraka.storage.Version;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.clock.ManualClock;

/** Which deliveries run, and when they stop: with a store in memory and threads of its own. */
@Timeout(60)
final class DeliveriesTest {
  private static final Caller CALLER =
      new Caller(
          new Principal.AccessKey("key"),
          new Owner(new AccountId("000000000000"), new Region("eu-central-1")));
  private static final TableArn TABLE = new TableArn(CALLER.owner(), new TableName("votes"));
  private static final String PREFIX = "test/";
  private static final String READER = PREFIX + "reader";

  /** How long a consumer may take to stop: far longer than it needs, even on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration REST = Duration.ofSeconds(5);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Store store =
      new VolumeStore(
          new MemoryVolume(MemoryVolume.Steps.SOUND),
          new HybridClock(clock),
          Thread::new,
          _ -> {},
          1 << 16);
  private final OneOfSeveral servers = new OneOfSeveral();
  private final Catalogue catalogue =
      Catalogue.open(store, clock, new EngineSettings(Duration.ZERO), servers);
  private final LogReaders stored = new LogReaders(store);
  private final List<WantedReader> wanted = new ArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
  private final CountDownLatch resting = new CountDownLatch(1);
  private final CountDownLatch rested = new CountDownLatch(1);
  private final Deliveries deliveries = deliveries(PATIENCE);

  private Deliveries deliveries(Duration patience) {
    return new Deliveries(
        store, catalogue, List.of(new Wanted()), this::newThread, this::pause, patience);
  }

  @BeforeEach
  void createTable() {
    var _ =
        engine()
            .createTable()
            .handle(
                CALLER,
                new CreateTable.Request(
                    "votes",
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
                    new StreamSpecification(true, StreamViewType.NEW_IMAGE),
                    null));
  }

  @AfterEach
  void close() {
    rested.countDown();
    deliveries.close();
    store.close();
  }

  @Test
  void whatWasDeliveredIsNotDeliveredAgain() throws Exception {
    want(this::takeAll);
    put("a");
    deliveries.run();
    assertThat(nextTaken()).isEqualTo("a");
    stopAndStartAgain();
    put("b");
    assertThat(nextTaken()).isEqualTo("b");
    assertThat(threads).hasSize(2);
  }

  @Test
  void aServerThatLosesTheDutyStops() throws Exception {
    want(this::takeAll);
    put("a");
    deliveries.run();
    assertThat(nextTaken()).isEqualTo("a");
    servers.otherDelivers = true;
    deliveries.run();
    assertThat(threads).allMatch(thread -> !thread.isAlive());
    put("b");
    deliveries.run();
    assertThat(threads).as("nothing starts without the duty").hasSize(1);
    servers.otherDelivers = false;
    deliveries.run();
    assertThat(nextTaken()).isEqualTo("b");
  }

  /** The duty may end between two looks at it; then the guards of a delivery no longer hold. */
  @Test
  void whatIsDeliveredAfterTheEndOfTheTermDoesNotCount() throws Exception {
    want(feed -> {
      Change first = takeOne(feed);
      taken.add(id(first));
      feed.delivered(first.position());
    });
    deliveries.run();
    servers.guards = List.of(noLonger());
    put("a");
    assertThat(nextTaken()).isEqualTo("a");
    threads.getFirst().join();
    servers.guards = List.of();
    deliveries.run();
    assertThat(nextTaken()).as("the cursor has not moved").isEqualTo("a");
  }

  @Test
  void newReadersOfAServerWhoseTermHasEndedDoNotStart() {
    servers.guards = List.of(noLonger());
    want(this::takeAll);
    deliveries.run();
    assertThat(threads).isEmpty();
    assertThat(stored.all()).isEmpty();
  }

  @Test
  void aReaderThatNobodyWantsIsRemovedAndOthersStay() throws Exception {
    var _ = stored.begin(TABLE, "other/reader", true, LogReader.Start.OLDEST, List.of());
    want(this::takeAll);
    put("a");
    deliveries.run();
    assertThat(nextTaken()).isEqualTo("a");
    wanted.clear();
    deliveries.run();
    assertThat(threads).allMatch(thread -> !thread.isAlive());
    assertThat(stored.all()).extracting(LogReader::name).containsExactly("other/reader");
    want(this::takeAll);
    deliveries.run();
    assertThat(nextTaken()).as("it begins anew").isEqualTo("a");
  }

  @Test
  void aConsumerThatFailsRestsAndIsStartedAgain() throws Exception {
    want(feed -> {
      taken.add(id(takeOne(feed)));
      throw new IllegalStateException("the consumer of a test fails");
    });
    put("a");
    deliveries.run();
    assertThat(nextTaken()).isEqualTo("a");
    resting.await();
    deliveries.run();
    assertThat(threads).as("nothing starts while it rests").hasSize(1);
    rested.countDown();
    threads.getFirst().join();
    deliveries.run();
    assertThat(nextTaken()).as("nothing was delivered").isEqualTo("a");
  }

  /** Two threads of one shard would mix up the order of its changes. */
  @Test
  void aConsumerThatDoesNotStopIsNotReplacedUntilItHas() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    want(_ -> {
      stuck.countDown();
      awaitUninterruptibly(free);
    });
    try (Deliveries hasty = deliveries(Duration.ofMillis(50))) {
      try {
        hasty.run();
        stuck.await();
        wanted.clear();
        want(this::takeAll);
        put("a");
        hasty.run();
        assertThat(threads).as("the first one still runs").hasSize(1);
        assertThat(taken).isEmpty();
      } finally {
        free.countDown();
      }
      threads.getFirst().join();
      hasty.run();
      assertThat(nextTaken()).isEqualTo("a");
    }
  }

  @Test
  void nothingStartsAfterClosing() throws Exception {
    want(this::takeAll);
    put("a");
    deliveries.run();
    assertThat(nextTaken()).isEqualTo("a");
    deliveries.close();
    assertThat(threads).allMatch(thread -> !thread.isAlive());
    deliveries.run();
    assertThat(threads).hasSize(1);
  }

  private void stopAndStartAgain() {
    servers.otherDelivers = true;
    deliveries.run();
    servers.otherDelivers = false;
    deliveries.run();
  }

  private void want(ShardConsumer consumer) {
    wanted.add(new WantedReader(TABLE, READER, true, LogReader.Start.OLDEST, consumer));
  }

  private void takeAll(ShardFeed feed) throws InterruptedException {
    while (!feed.isAtEnd()) {
      for (Change change : feed.take(10, 1 << 20, Duration.ofSeconds(1))) {
        feed.delivered(change.position());
        taken.add(id(change));
      }
    }
  }

  /** Waits for a change. A pause takes a millisecond here, so a second is over much earlier. */
  private static Change takeOne(ShardFeed feed) throws InterruptedException {
    List<Change> changes = List.of();
    while (changes.isEmpty()) {
      changes = feed.take(1, 1 << 20, Duration.ofSeconds(1));
    }
    return changes.getFirst();
  }

  /** Returns the id of the next change that a consumer takes. */
  private String nextTaken() throws InterruptedException {
    String id = taken.poll(30, TimeUnit.SECONDS);
    assertThat(id).as("a change").isNotNull();
    return id;
  }

  private static String id(Change change) {
    return ((AttributeValue.S) change.record().key().attribute("id").orElseThrow()).value();
  }

  private void put(String id) {
    var _ =
        engine()
            .putItem()
            .handle(
                CALLER,
                new PutItem.Request(
                    "votes",
                    new Item(Map.of("id", new AttributeValue.S(id))),
                    WriteCondition.NONE,
                    ReturnValues.NONE,
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.NONE));
  }

  private Engine engine() {
    return new Engine(
        store,
        catalogue,
        new RequestTokens(store, clock),
        clock,
        UUID::randomUUID,
        new EngineSettings(Duration.ZERO),
        EnginePorts.standard(clock));
  }

  private Thread newThread(Runnable work) {
    Thread thread = Thread.ofVirtual().unstarted(work);
    threads.add(thread);
    return thread;
  }

  /** Waits for a moment; a rest ends when the test says so. */
  private void pause(Duration time) throws InterruptedException {
    if (time.equals(REST)) {
      resting.countDown();
      rested.await();
    } else {
      var _ = new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException _) {
        // It does not stop.
      }
    }
  }

  /** Returns a guard that no decision passes: there is no such row. */
  private static Guard noLonger() {
    return new Guard(
        new RowKey(new Space(1), Bytes.of(1), Bytes.of(1)),
        Optional.of(new Version(new Stamp(1), Origin.NONE)));
  }

  private final class Wanted implements Readers {
    @Override
    public List<WantedReader> wanted(List<Guard> guards) {
      return List.copyOf(wanted);
    }

    @Override
    public boolean isOne(LogReader reader) {
      return reader.name().startsWith(PREFIX);
    }
  }

  /** One of several servers, which has the duty of deliveries as the test says. */
  private static final class OneOfSeveral implements Servers {
    private volatile boolean otherDelivers;
    private volatile List<Guard> guards = List.of();

    @Override
    public OptionalLong term() {
      return SOLE.term();
    }

    @Override
    public List<Guard> guards() {
      return SOLE.guards();
    }

    @Override
    public void awaitSeen(Position change) {
      SOLE.awaitSeen(change);
    }

    @Override
    public Optional<List<Guard>> hold(Duty duty) {
      return otherDelivers ? Optional.empty() : Optional.of(guards);
    }

    @Override
    public boolean isShared() {
      return SOLE.isShared();
    }
  }
}

package org.ostraka.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableName;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.Range;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeFullException;
import org.ostraka.testkit.clock.ManualClock;

/** The life of tables, through transitions, restarts, crashes and a full disk. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CatalogueTest {
  private static final Duration TRANSITION = Duration.ofSeconds(5);

  /** Marking, emptying and forgetting a table: three commits of two steps. */
  private static final int STEPS_OF_A_DELETION = 6;

  private static final TableKey MEASURED =
      new TableKey(
          new AttributeDefinition("id", ScalarType.S),
          Optional.of(new AttributeDefinition("line", ScalarType.S)));

  @Test
  void tableIsCreatedDescribedUsedAndDeleted() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      assertThat(engine.describe("orders").status()).isEqualTo(TableStatus.ACTIVE);
      engine.put("orders", "1");
      assertThat(engine.get("orders", "1")).isPresent();
      assertThat(engine.delete("orders").status()).isEqualTo(TableStatus.DELETING);
      assertGone(engine, "orders");
      assertClean(engine);
    }
  }

  @Test
  void aCatalogueFollowsTheChangesOfAnotherOne() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("gone");
      Catalogue other = Catalogue.open(engine.store(), engine.clock(), EngineSettings.DEFAULT);
      engine.create("orders");
      engine.delete("gone");
      assertThat(other.names(TestEngine.CALLER.owner(), Optional.empty(), 9))
          .containsExactly(new TableName("gone"));
      other.follow();
      assertThat(other.names(TestEngine.CALLER.owner(), Optional.empty(), 9))
          .containsExactly(new TableName("orders"));
    }
  }

  @Test
  void aCatalogueThatIsFurtherBehindThanTheLogReadsAllTables() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("gone");
      Catalogue other = Catalogue.open(engine.store(), engine.clock(), EngineSettings.DEFAULT);
      engine.create("orders");
      engine.delete("gone");
      engine.clock().advance(Duration.ofDays(2));
      engine.create("people");
      engine.catalogue().maintain();
      other.follow();
      assertThat(other.names(TestEngine.CALLER.owner(), Optional.empty(), 9))
          .containsExactly(new TableName("orders"), new TableName("people"));
    }
  }

  @Test
  void aChangeWithAnUnknownOutcomeIsFoundByTheNextUse() {
    MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
    ManualClock clock = new ManualClock(TestEngine.START);
    AtomicBoolean silent = new AtomicBoolean();
    Store store = unanswered(TestEngine.store(volume, clock), silent);
    try (TestEngine engine = TestEngine.over(volume, clock, store)) {
      silent.set(true);
      assertThatThrownBy(() -> engine.create("orders")).isInstanceOf(OutcomeUnknownException.class);
      silent.set(false);
      assertThat(engine.describe("orders").status()).isEqualTo(TableStatus.ACTIVE);
      engine.put("orders", "1");
    }
  }

  /** Returns a store that commits decisions and then does not know it, as long as it is silent. */
  private static Store unanswered(Store store, AtomicBoolean silent) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(store, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
              if (silent.get() && method.getName().equals("transact")) {
                throw new OutcomeUnknownException("no answer came");
              }
              return result;
            });
  }

  @Test
  void tableServesOnlyBetweenItsTransitions() {
    try (TestEngine engine = slow()) {
      assertThat(engine.create("orders").status()).isEqualTo(TableStatus.CREATING);
      assertThatThrownBy(() -> engine.put("orders", "1"))
          .isInstanceOf(ResourceNotFoundException.class);
      assertThatThrownBy(() -> engine.delete("orders")).isInstanceOf(ResourceInUseException.class);
      assertThatThrownBy(() -> engine.create("orders")).isInstanceOf(ResourceInUseException.class);
      engine.clock().advance(TRANSITION.minusMillis(1));
      assertThat(engine.describe("orders").status()).isEqualTo(TableStatus.CREATING);
      engine.clock().advance(Duration.ofMillis(1));
      assertThat(engine.describe("orders").status()).isEqualTo(TableStatus.ACTIVE);
      engine.put("orders", "1");

      engine.delete("orders");
      assertThat(engine.describe("orders").status()).isEqualTo(TableStatus.DELETING);
      assertThat(names(engine)).containsExactly("orders");
      assertThatThrownBy(() -> engine.get("orders", "1"))
          .isInstanceOf(ResourceNotFoundException.class);
      assertThatThrownBy(() -> engine.create("orders")).isInstanceOf(ResourceInUseException.class);
      engine.clock().advance(TRANSITION);
      assertGone(engine, "orders");
    }
  }

  @Test
  void nameOfATableWhoseTimeIsOverIsFreeBeforeMaintenanceComes() {
    try (TestEngine engine = slow()) {
      createActive(engine, "orders");
      engine.put("orders", "1");
      Space old = engine.space("orders");
      engine.delete("orders");
      engine.clock().advance(TRANSITION);
      createActive(engine, "orders");
      assertThat(engine.get("orders", "1")).isEmpty();
      assertThat(engine.size("orders")).isEqualTo(TableSize.EMPTY);
      assertThat(rows(engine, old)).isZero();
      assertClean(engine);
    }
  }

  @Test
  void restartGoesOnWithEachTransition() {
    TestEngine engine = slow();
    createActive(engine, "leaving");
    createActive(engine, "staying");
    engine.put("leaving", "1");
    engine.create("coming");
    engine.delete("leaving");
    for (TestEngine now : List.of(engine.restart(), engine.afterCrash(0, _ -> {}))) {
      try (now) {
        assertThat(now.describe("coming").status()).isEqualTo(TableStatus.CREATING);
        assertThat(now.describe("leaving").status()).isEqualTo(TableStatus.DELETING);
        assertThat(now.describe("staying").status()).isEqualTo(TableStatus.ACTIVE);
      }
    }
    engine.clock().advance(TRANSITION);
    try (TestEngine later = engine.restart()) {
      assertThat(later.describe("coming").status()).isEqualTo(TableStatus.ACTIVE);
      assertGone(later, "leaving");
      assertClean(later);
      assertThat(later.check().items()).isZero();
    }
  }

  @Test
  void crashAtAnyStepOfADeletionLeavesTheTableOrNothing() {
    for (int step = 0; step <= STEPS_OF_A_DELETION; step++) {
      for (int kept = 0; kept <= 1; kept++) {
        assertDeletionSurvivesCrash(step, kept);
      }
    }
  }

  private static void assertDeletionSurvivesCrash(int step, int kept) {
    FailingSteps steps = new FailingSteps();
    TestEngine engine =
        new TestEngine(new MemoryVolume(steps), new ManualClock(TestEngine.START), Duration.ZERO);
    engine.create("orders");
    engine.create("other");
    engine.put("orders", "1");
    engine.put("other", "1");
    Space space = engine.space("orders");
    steps.losePowerAfter(step);
    boolean acknowledged = true;
    try {
      engine.delete("orders");
    } catch (StorageException _) {
      acknowledged = false;
    }
    try (TestEngine after = engine.afterCrash(kept, MemoryVolume.Steps.SOUND)) {
      String what = "power lost after " + step + " steps, " + kept + " batches kept";
      if (names(after).contains("orders")) {
        assertThat(acknowledged).as(what).isFalse();
        assertThat(after.get("orders", "1")).as(what).isPresent();
      } else {
        assertGone(after, "orders");
        assertThat(rows(after, space)).as(what).isZero();
        after.create("orders");
        assertThat(after.get("orders", "1")).as(what).isEmpty();
      }
      assertThat(after.get("other", "1")).as(what).isPresent();
      assertClean(after);
    }
  }

  @Test
  void fullDiskRefusesADeletionWhollyOrLetsItEndLater() {
    for (int commit = 0; commit < STEPS_OF_A_DELETION / 2; commit++) {
      FailingSteps steps = new FailingSteps();
      try (TestEngine engine =
          new TestEngine(
              new MemoryVolume(steps), new ManualClock(TestEngine.START), Duration.ZERO)) {
        engine.create("orders");
        engine.put("orders", "1");
        steps.fillAfter(commit);
        if (commit == 0) {
          assertThatThrownBy(() -> engine.delete("orders"))
              .isInstanceOf(StorageFailedException.class);
          assertThat(engine.get("orders", "1")).isPresent();
        } else {
          // The deletion is stored: to call it failed would be wrong.
          engine.delete("orders");
          assertGone(engine, "orders");
          assertThatThrownBy(() -> engine.catalogue().maintain())
              .isInstanceOf(StorageFailedException.class);
          steps.empty();
          engine.catalogue().maintain();
          assertThat(engine.check().items()).isZero();
        }
        assertClean(engine);
      }
    }
  }

  @Test
  void fullDiskDoesNotKeepAServerWithAnUnfinishedDeletionFromStarting() {
    TestEngine engine = slow();
    createActive(engine, "leaving");
    createActive(engine, "staying");
    engine.put("staying", "1");
    engine.delete("leaving");
    engine.clock().advance(TRANSITION);
    FailingSteps steps = new FailingSteps();
    steps.fillAfter(0);
    try (TestEngine full = engine.afterCrash(0, steps)) {
      assertThat(full.get("staying", "1")).isPresent();
      assertGone(full, "leaving");
      steps.empty();
      full.catalogue().maintain();
      assertThat(full.check().tables()).isEqualTo(1);
    }
  }

  @Test
  void sizesAreSavedAndRestored() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      for (int i = 0; i < 10; i++) {
        engine.put("orders", "item-" + i);
      }
      engine.deleteItem("orders", "item-0");
      engine.deleteItem("orders", "item-0");
      engine.put("orders", "item-1");
      assertThat(engine.size("orders")).isEqualTo(new TableSize(9, 9 * 8));
      engine.catalogue().maintain();
      try (TestEngine later = engine.restart()) {
        assertThat(later.size("orders")).isEqualTo(new TableSize(9, 9 * 8));
        later.delete("orders");
        later.create("orders");
        assertThat(later.size("orders")).isEqualTo(TableSize.EMPTY);
        later.catalogue().maintain();
        try (TestEngine last = later.restart()) {
          assertThat(last.size("orders")).isEqualTo(TableSize.EMPTY);
        }
      }
    }
  }

  @Test
  void spacesAreNeverUsedAgain() {
    TestEngine engine = new TestEngine();
    long last = 0;
    for (int i = 0; i < 6; i++) {
      engine.create("orders");
      long space = engine.space("orders").id();
      assertThat(space).isGreaterThan(last);
      last = space;
      engine.delete("orders");
      engine = i % 2 == 0 ? engine.restart() : engine.afterCrash(0, MemoryVolume.Steps.SOUND);
    }
    engine.close();
  }

  @Test
  void spaceOfCollectionsIsTheTablesOwnAndGoesWithIt() {
    try (TestEngine engine = new TestEngine()) {
      engine.createWithLocalIndex("orders", MEASURED, "state");
      engine.createWithLocalIndex("votes", MEASURED, "state");
      Space space = engine.collectionSpace("orders");
      assertThat(space).isNotEqualTo(engine.collectionSpace("votes"));
      for (String table : List.of("orders", "votes")) {
        engine.put(table, line("1"));
        engine.put(table, line("2"));
      }
      assertThat(rows(engine, space)).isEqualTo(1);
      assertClean(engine);
      engine.delete("orders");
      assertThat(rows(engine, space)).isZero();
      assertThat(rows(engine, engine.collectionSpace("votes"))).isEqualTo(1);
      engine.create("later");
      assertThat(engine.space("later").id()).isGreaterThan(engine.collectionSpace("votes").id());
      assertClean(engine);
    }
  }

  @Test
  void recordOfATableThatShouldMeasureItsCollectionsAndHasNoSpaceForItIsDamaged() {
    try (TestEngine engine = new TestEngine()) {
      engine.createWithLocalIndex("orders", MEASURED, "state");
      TableRecord record = engine.catalogue().records(TestEngine.CALLER.owner()).getFirst();
      Map<String, AttributeValue> attributes =
          new HashMap<>(TableRecordItem.of(record).attributes());
      assertThat(TableRecordItem.record(new Item(attributes))).isEqualTo(record);
      attributes.remove("collectionSpace");
      assertThatThrownBy(() -> TableRecordItem.record(new Item(attributes)))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  private static Item line(String line) {
    return new Item(Map.of("id", new AttributeValue.S("1"), "line", new AttributeValue.S(line)));
  }

  @Test
  void useThatFailsLetsTheTableGo() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      assertThatThrownBy(() -> engine.put("orders", new Item(Map.of())))
          .isInstanceOf(ValidationException.class);
      assertThatThrownBy(() -> engine.put("orders", "")).isInstanceOf(ValidationException.class);
      // Would wait for ever for a use that was not ended.
      engine.delete("orders");
      assertGone(engine, "orders");
    }
  }

  @Test
  void writersRacingDeletionAndCreationLeaveEveryItemInItsOwnTable() throws Exception {
    try (TestEngine engine = new TestEngine();
        ExecutorService writers = Executors.newFixedThreadPool(4)) {
      AtomicInteger rounds = new AtomicInteger(100);
      List<Future<?>> running =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(writer -> writers.submit(() -> write(engine, writer, rounds)))
              .toList();
      while (rounds.get() > 0) {
        boolean even = rounds.get() % 2 == 0;
        engine.create("orders", even ? "even" : "odd", ScalarType.N, null);
        for (int i = 0; i < 20; i++) {
          engine.put("orders", TestEngine.numbered(even ? "even" : "odd", -1 - i));
        }
        if (rounds.decrementAndGet() > 0) {
          engine.delete("orders");
        }
      }
      for (Future<?> one : running) {
        one.get();
      }
      assertClean(engine);
      assertThat(engine.size("orders").itemCount())
          .isEqualTo(rows(engine, engine.space("orders")))
          .isEqualTo(engine.check().items());
    }
  }

  /** Items for tables of either kind; each is refused unless it meets its own kind. */
  private static void write(TestEngine engine, int writer, AtomicInteger rounds) {
    for (int i = 0; rounds.get() > 0; i++) {
      try {
        engine.put("orders", TestEngine.numbered(i % 2 == 0 ? "even" : "odd", i * 4 + writer));
      } catch (ApiException _) {
        // There is no table at the moment, or one of the other kind.
      }
    }
  }

  private static TestEngine slow() {
    return new TestEngine(
        new MemoryVolume(MemoryVolume.Steps.SOUND), new ManualClock(TestEngine.START), TRANSITION);
  }

  private static void createActive(TestEngine engine, String name) {
    engine.create(name);
    engine.clock().advance(TRANSITION);
  }

  private static List<String> names(TestEngine engine) {
    return engine.catalogue().names(TestEngine.CALLER.owner(), Optional.empty(), 100).stream()
        .map(TableName::value)
        .toList();
  }

  private static void assertGone(TestEngine engine, String name) {
    assertThat(names(engine)).doesNotContain(name);
    assertThatThrownBy(() -> engine.describe(name)).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> engine.put(name, "1")).isInstanceOf(ResourceNotFoundException.class);
  }

  private static void assertClean(TestEngine engine) {
    assertThat(engine.check().named()).isEmpty();
  }

  private static long rows(TestEngine engine, Space space) {
    long rows = 0;
    try (Cursor cursor =
        engine.store().scan(Range.OfSlice.all(space), Consistency.STRONG, Wanted.ALL)) {
      while (cursor.next().isPresent()) {
        rows++;
      }
    }
    return rows;
  }

  /** Steps that fail from some moment on. Any thread. */
  private static final class FailingSteps implements MemoryVolume.Steps {
    private int stepsLeft = Integer.MAX_VALUE;
    private int writesLeft = Integer.MAX_VALUE;

    synchronized void losePowerAfter(int steps) {
      stepsLeft = steps;
    }

    synchronized void fillAfter(int writes) {
      writesLeft = writes;
    }

    synchronized void empty() {
      writesLeft = Integer.MAX_VALUE;
    }

    @Override
    public synchronized void before(MemoryVolume.Step step) throws VolumeFullException {
      if (step == MemoryVolume.Step.READ) {
        return;
      }
      if (stepsLeft-- <= 0) {
        stepsLeft = 0;
        throw new StorageFailedException("the power is off");
      }
      if (step == MemoryVolume.Step.WRITE && writesLeft-- <= 0) {
        writesLeft = 0;
        throw new VolumeFullException("the disk is full");
      }
    }
  }
}

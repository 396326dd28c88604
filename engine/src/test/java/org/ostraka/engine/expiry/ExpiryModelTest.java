package org.ostraka.engine.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.lease.EnginePair;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.TimeToLiveStatus;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.random.RandomCase;

/**
 * Random puts, deletions, changes of time to live, builds, sweeps and restarts, while the clock
 * moves. After a sweep exactly the expired items are gone, and the expiry times agree with the
 * items.
 */
final class ExpiryModelTest {
  private static final String TABLE = "votes";
  private static final int ROUNDS = 30;
  private static final int STEPS = 150;
  private static final int KEYS = 12;

  /** The engines of one round. */
  private interface Engines {
    TestEngine any();

    void advance(Duration time);

    /** Ends an engine and begins another one. */
    void replace();

    /** Lets the duties of engines that have ended become free. */
    void freeDuties();

    List<TestEngine> all();

    void close();
  }

  @Test
  void exactlyTheExpiredItemsAreDeleted(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator choices = random.branch(round);
      new Round(new Sole(choices), choices).run();
    }
  }

  @Test
  void twoEnginesDeleteExactlyTheExpiredItems(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator choices = random.branch(round);
      new Round(new Pair(choices), choices).run();
    }
  }

  /** One random history. */
  private static final class Round {
    private final Engines engines;
    private final RandomGenerator random;
    private final Map<String, Item> items = new HashMap<>();
    private Optional<String> attribute = Optional.empty();
    private Instant now = TestEngine.START;

    private Round(Engines engines, RandomGenerator random) {
      this.engines = engines;
      this.random = random;
    }

    void run() {
      engines.any().create(TABLE);
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      sweepCompletely();
      engines.all().forEach(engine -> engine.catalogue().maintain());
      engines.close();
      assertThat(engines.all().getFirst().check().named()).isEmpty();
    }

    private void step() {
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3, 4, 5 -> put();
        case 6 -> delete();
        case 7, 8, 9 -> advance();
        case 10 -> enableOrDisable();
        case 11 -> engines.any().builder(1 + random.nextInt(5)).run(TestEngine.ONE_STEP);
        case 12 -> sweepPartly();
        case 13, 14 -> sweepCompletely();
        default -> engines.replace();
      }
    }

    private void put() {
      Map<String, AttributeValue> attributes = new HashMap<>();
      attributes.put("id", new AttributeValue.S(key()));
      for (String name : List.of("a", "b")) {
        time().ifPresent(value -> attributes.put(name, value));
      }
      Item item = new Item(attributes);
      engines.any().put(TABLE, item);
      items.put(((AttributeValue.S) attributes.get("id")).value(), item);
    }

    private Optional<AttributeValue> time() {
      long second = now.getEpochSecond() + random.nextInt(-20, 20);
      long fiveYearsAgo = earliest().longValue();
      return switch (random.nextInt(8)) {
        case 0 -> Optional.empty();
        case 1 -> Optional.of(new AttributeValue.S(Long.toString(second)));
        case 2 -> Optional.of(number(fiveYearsAgo + random.nextInt(-20, 20)));
        case 3 -> Optional.of(number(second * 1_000));
        case 4 -> Optional.of(new AttributeValue.N(new BigDecimal(second + ".25")));
        default -> Optional.of(number(second));
      };
    }

    private static AttributeValue number(long value) {
      return new AttributeValue.N(BigDecimal.valueOf(value));
    }

    private void delete() {
      String key = key();
      engines.any().deleteItem(TABLE, key);
      items.remove(key);
    }

    private String key() {
      return "key-" + random.nextInt(KEYS);
    }

    private void advance() {
      Duration time = Duration.ofMillis(random.nextInt(10_000));
      engines.advance(time);
      now = now.plus(time);
    }

    private void enableOrDisable() {
      if (attribute.isPresent()) {
        engines.any().updateTimeToLive(TABLE, attribute.get(), false);
        attribute = Optional.empty();
      } else {
        attribute = Optional.of(random.nextBoolean() ? "a" : "b");
        engines.any().updateTimeToLive(TABLE, attribute.get(), true);
      }
    }

    /** Takes one step of a sweep: it may delete expired items, and no others. */
    private void sweepPartly() {
      engines.any().sweeper(1 + random.nextInt(3)).sweep(TestEngine.ONE_STEP);
      Map<String, Item> left = read();
      items.keySet().removeIf(key -> !left.containsKey(key) && isExpired(items.get(key)));
      assertThat(left).isEqualTo(items);
    }

    private void sweepCompletely() {
      int step = 1 + random.nextInt(5);
      engines.freeDuties();
      TestEngine first = engines.all().getFirst();
      while (!first.catalogue().builds().isEmpty()) {
        // One of them has the duty.
        engines.all().forEach(engine -> engine.builder(step).run(TestEngine.ONE_STEP));
      }
      for (TestEngine engine : engines.all()) {
        engine.sweeper(step).sweep(IndexBuilder.Pace.UNBROKEN);
      }
      TimeToLiveStatus status = engines.any().timeToLive(TABLE).status();
      assertThat(status == TimeToLiveStatus.ENABLED).isEqualTo(attribute.isPresent());
      items.values().removeIf(this::isExpired);
      assertThat(read()).isEqualTo(items);
    }

    private boolean isExpired(Item item) {
      return attribute
          .flatMap(item::attribute)
          .filter(value ->
              value instanceof AttributeValue.N(BigDecimal number)
                  && number.compareTo(BigDecimal.valueOf(now.getEpochSecond())) < 0
                  && number.compareTo(earliest()) >= 0)
          .isPresent();
    }

    private BigDecimal earliest() {
      return BigDecimal.valueOf(now.atOffset(ZoneOffset.UTC).minusYears(5).toEpochSecond());
    }

    private Map<String, Item> read() {
      Map<String, Item> read = new HashMap<>();
      TestEngine engine = engines.any();
      for (int key = 0; key < KEYS; key++) {
        String id = "key-" + key;
        engine.get(TABLE, id).ifPresent(item -> read.put(id, item));
      }
      return read;
    }
  }

  /** One engine, which restarts or loses power. */
  private static final class Sole implements Engines {
    private final RandomGenerator random;
    private TestEngine engine =
        new TestEngine(
            new MemoryVolume(MemoryVolume.Steps.SOUND),
            new ManualClock(TestEngine.START),
            Duration.ZERO);

    private Sole(RandomGenerator random) {
      this.random = random;
    }

    @Override
    public TestEngine any() {
      return engine;
    }

    @Override
    public void advance(Duration time) {
      engine.clock().advance(time);
      if (random.nextBoolean()) {
        engine.catalogue().maintain();
      }
    }

    @Override
    public void replace() {
      Supplier<TestEngine> next =
          random.nextBoolean()
              ? () -> engine.restart()
              : () -> engine.afterCrash(0, MemoryVolume.Steps.SOUND);
      engine = next.get();
      assertThat(engine.check().named()).isEmpty();
    }

    @Override
    public void freeDuties() {
      // The engine before has none.
    }

    @Override
    public List<TestEngine> all() {
      return List.of(engine);
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  /** Two engines over one store. */
  private static final class Pair implements Engines {
    private final RandomGenerator random;
    private final EnginePair pair = new EnginePair();

    private Pair(RandomGenerator random) {
      this.random = random;
    }

    @Override
    public TestEngine any() {
      return pair.any(random);
    }

    @Override
    public void advance(Duration time) {
      pair.advance(time);
      if (random.nextBoolean()) {
        pair.maintain();
      }
    }

    @Override
    public void replace() {
      pair.replaceAny(random);
    }

    @Override
    public void freeDuties() {
      pair.passLease();
    }

    @Override
    public List<TestEngine> all() {
      return new ArrayList<>(pair.all());
    }

    @Override
    public void close() {
      pair.close();
    }
  }
}

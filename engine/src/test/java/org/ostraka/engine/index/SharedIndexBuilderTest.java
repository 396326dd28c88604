package org.ostraka.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.lease.SharedServers;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.KeyType;
import org.ostraka.model.ScalarType;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/** Two servers of one store, of which one builds an index. */
final class SharedIndexBuilderTest {
  private static final NewIndex BY_N =
      new NewIndex(
          "by-n", List.of(new KeySchemaElement("n", KeyType.HASH)), "ALL", null, null, null);

  private final MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
  private final ManualClock clock = new ManualClock(TestEngine.START);
  private final Store store = TestEngine.store(volume, clock);
  private final List<Runnable> following = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theOtherServerRestsMeanwhile() {
    TestEngine building = server("building");
    TestEngine other = server("other");
    building.create("votes");
    for (String voter : List.of("a", "b", "c", "d")) {
      building.put("votes", voter);
    }
    building.updateIndexes(
        "votes",
        List.of(new AttributeDefinition("n", ScalarType.N)),
        new GlobalIndexUpdate(BY_N, null, null));
    building.builder(1).run(TestEngine.ONE_STEP);
    assertThat(other.catalogue().builds()).hasSize(1);
    AtomicInteger steps = new AtomicInteger();
    other
        .builder(1)
        .run(step -> {
          // Without a rest it would go on as long as the other one builds.
          return steps.incrementAndGet() < 10 && step.getAsBoolean();
        });
    assertThat(steps).hasValue(1);
    building.builder(1).run(IndexBuilder.Pace.UNBROKEN);
    assertThat(building.catalogue().builds()).isEmpty();
  }

  private TestEngine server(String name) {
    SharedServers servers =
        new SharedServers(
            store, name, Duration.ofSeconds(10), () -> 0, () -> following.forEach(Runnable::run));
    long term = servers.join();
    TestEngine engine = TestEngine.sharing(volume, clock, store, servers, term);
    following.add(() -> servers.saw(term, engine.catalogue().follow()));
    return engine;
  }
}

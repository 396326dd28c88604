package org.ostraka.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.lease.EnginePair;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.storage.postgresql.PostgresSettings;
import org.ostraka.storage.postgresql.PostgresStore;
import org.ostraka.storage.postgresql.PostgresUrl;
import org.ostraka.testkit.postgres.PostgresServer;
import org.ostraka.testkit.random.RandomCase;
import org.ostraka.testkit.store.RerunningStore;

/**
 * Two engines share one store. Random clients on both create, change, fill, index, read and delete
 * the same table; whichever engine answers, the answer is that of the one reference. Engines end
 * and begin meanwhile, with and without a word to the other one.
 *
 * <p>{@code -Dostraka.pair.steps=20000} makes a long run of each of the seeds, and {@code
 * -Dostraka.pair.postgresql.steps=20000} one over PostgreSQL.
 */
final class TwoEnginesTest {
  private static final int SEEDS = 20;
  private static final int STEPS_OF_A_SEED = Integer.getInteger("ostraka.pair.steps", 1_000);
  private static final int POSTGRES_STEPS = Integer.getInteger("ostraka.pair.postgresql.steps", 80);

  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("pk", ScalarType.S),
          Optional.of(new AttributeDefinition("sk", ScalarType.N)));

  @Test
  void twoEnginesAnswerAsOne(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    for (int seed = 0; seed < SEEDS; seed++) {
      run(random.branch(seed), STEPS_OF_A_SEED, EnginePair::new);
    }
  }

  /** The same over a store that takes milliseconds for what memory does in microseconds. */
  @Test
  void twoEnginesOverPostgresAnswerAsOne(TestInfo test) {
    Assumptions.assumeTrue(
        PostgresServer.installed().isPresent(), "skipped: PostgreSQL is not installed");
    RandomCase random = RandomCase.of(test);
    try (PostgresServer server = PostgresServer.start()) {
      PostgresSettings database =
          PostgresUrl.parse(server.url(server.newDatabase()))
              .settings("", PostgresSettings.DEFAULT_CONNECTIONS);
      run(
          random.branch(0),
          POSTGRES_STEPS,
          () -> new EnginePair(() -> new RerunningStore(PostgresStore.open(database))));
    }
  }

  private static void run(RandomGenerator source, int length, Supplier<EnginePair> pair) {
    List<NewIndex> local = List.of(ReferenceTest.index("local-h", "KEYS_ONLY", "pk", "h"));
    List<NewIndex> global =
        List.of(
            ReferenceTest.index("global-g", "ALL", "g"),
            ReferenceTest.index("global-hg", "INCLUDE", "h", "g"));
    NewIndex late = ReferenceTest.index("late", "INCLUDE", "h", "pk");
    List<NewIndex> all = Stream.of(local, global, List.of(late)).flatMap(List::stream).toList();
    List<Step> steps = new ArrayList<>();
    for (int step = 0; step < length; step++) {
      steps.add(new Steps(KEY, all).next(source));
    }
    RandomGenerator choices = new SplittableRandom(source.nextLong());
    new ReferenceRun(new Engines.Pair(pair.get(), choices), KEY, local, global, late).all(steps);
  }
}

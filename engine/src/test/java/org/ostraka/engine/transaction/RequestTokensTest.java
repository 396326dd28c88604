package org.ostraka.engine.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.model.Bytes;
import org.ostraka.model.error.IdempotentParameterMismatchException;
import org.ostraka.model.error.TransactionConflictException;
import org.ostraka.model.error.TransactionInProgressException;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.TransactWriteItems.Action;
import org.ostraka.model.operation.WriteCondition;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/** What is remembered of requests with a token, and what happens while one is under way. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RequestTokensTest {
  private static final WriteCondition ONE = Client.when(null, Map.of(":n", Client.number(1)));
  private static final Action ADD =
      new Action.Update(Client.TABLE, Client.key("a"), "ADD n :n", ONE);
  private static final Action ADD_OTHER =
      new Action.Update(Client.TABLE, Client.key("b"), "ADD n :n", ONE);

  @Test
  void expiredTokensAreRemovedAndOthersAreKept() {
    try (TestEngine engine = new TestEngine()) {
      engine.create(Client.TABLE);
      Client client = new Client(engine, Anomalies.NONE);
      RequestTokens tokens = new RequestTokens(engine.store(), engine.clock());
      client.write("first", ADD);
      engine.clock().advance(Duration.ofMinutes(5));
      client.write("second", ADD);
      tokens.maintain();
      assertThat(rows(engine)).isEqualTo(2);

      engine.clock().advance(Duration.ofMinutes(5));
      tokens.maintain();
      assertThat(rows(engine)).isEqualTo(1);
      assertThat(client.write("second", ADD).repeated()).isTrue();

      engine.clock().advance(Duration.ofMinutes(5));
      tokens.maintain();
      assertThat(rows(engine)).isZero();
    }
  }

  @Test
  void moreTokensThanOneDecisionRemovesAreRemoved() {
    try (TestEngine engine = new TestEngine()) {
      engine.create(Client.TABLE);
      Client client = new Client(engine, Anomalies.NONE);
      for (int i = 0; i < 2_100; i++) {
        client.write("token-" + i, ADD);
      }
      engine.clock().advance(Duration.ofMinutes(10));
      new RequestTokens(engine.store(), engine.clock()).maintain();
      assertThat(rows(engine)).isZero();
    }
  }

  @Test
  void aTokenOfARequestThatIsUnderWayIsRefused() throws Exception {
    HeldSync sync = new HeldSync();
    ManualClock clock = new ManualClock(TestEngine.START);
    try (TestEngine engine = new TestEngine(new MemoryVolume(sync), clock, Duration.ZERO)) {
      engine.create(Client.TABLE);
      Client client = new Client(engine, Anomalies.NONE);
      FutureTask<TransactWriteItems.Response> first =
          new FutureTask<>(() -> client.write("token", ADD));
      start(sync, first);

      assertThatThrownBy(() -> client.write("token", ADD))
          .isInstanceOf(TransactionInProgressException.class);
      assertThatThrownBy(() -> client.write("token", ADD_OTHER))
          .isInstanceOf(IdempotentParameterMismatchException.class);

      sync.released.countDown();
      assertThat(first.get().repeated()).isFalse();
      assertThat(client.write("token", ADD).repeated()).isTrue();
      assertThat(client.get("a").map(Client::number)).contains(1L);
    }
  }

  @Test
  void aSingleWriteMayConflictWithATransactionAtItsItemAndWithNothingElse() throws Exception {
    HeldSync sync = new HeldSync();
    ManualClock clock = new ManualClock(TestEngine.START);
    try (TestEngine engine = new TestEngine(new MemoryVolume(sync), clock, Duration.ZERO)) {
      engine.create(Client.TABLE);
      Client client = new Client(engine, new ConflictsButFirst());
      FutureTask<TransactWriteItems.Response> first =
          new FutureTask<>(() -> client.write(null, ADD));
      start(sync, first);

      assertThatThrownBy(() -> client.set("a", 5, ONE))
          .isInstanceOf(TransactionConflictException.class);

      sync.released.countDown();
      first.get();
      assertThat(client.set("a", 5, ONE)).isPresent();
      assertThat(client.set("b", 5, ONE)).isEmpty();
    }
  }

  @Test
  void theCheckKnowsTokensAndTheirDamage() {
    try (TestEngine engine = new TestEngine()) {
      engine.create(Client.TABLE);
      new Client(engine, Anomalies.NONE).write("token", ADD);
      assertThat(engine.check().named()).isEmpty();

      RowKey key = new RowKey(RequestTokens.SPACE, Bytes.of(1, 2, 3), Bytes.EMPTY);
      Write broken = new Write.Put(key, Bytes.of(7));
      engine.store().transact(List.of(key), _ -> new Verdict<>("", List.of(broken)));
      assertThat(engine.check().named())
          .containsExactly("a request's token is damaged: a stored item has an unknown version");
    }
  }

  private static void start(HeldSync sync, FutureTask<?> task) throws InterruptedException {
    sync.hold = true;
    Thread.ofPlatform().start(task);
    sync.reached.await();
  }

  private static int rows(TestEngine engine) {
    int rows = 0;
    try (Cursor cursor =
        engine
            .store()
            .scan(Range.OfSlice.all(RequestTokens.SPACE), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        rows++;
        row = cursor.next();
      }
    }
    return rows;
  }

  /** Conflicts that spare the first who asks, and nobody after. Any thread. */
  private static final class ConflictsButFirst implements Anomalies {
    private boolean asked;

    @Override
    public boolean transactionsConflict() {
      return true;
    }

    @Override
    public synchronized OptionalInt conflictAmong(int actions) {
      OptionalInt chosen = asked ? OptionalInt.of(0) : OptionalInt.empty();
      asked = true;
      return chosen;
    }
  }

  /** Holds syncs up from when it is told to, until they are released. Any thread. */
  private static final class HeldSync implements MemoryVolume.Steps {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hold;

    @Override
    public void before(MemoryVolume.Step step) {
      if (hold && step == MemoryVolume.Step.SYNC) {
        reached.countDown();
        try {
          released.await();
        } catch (InterruptedException interrupted) {
          throw new AssertionError("nobody came", interrupted);
        }
      }
    }
  }
}

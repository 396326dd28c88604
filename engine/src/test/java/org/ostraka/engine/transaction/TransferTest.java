package org.ostraka.engine.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.operation.TransactWriteItems.Action;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.random.RandomCase;

/** Money that is moved by transactions is neither made nor lost, whatever happens meanwhile. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TransferTest {
  private static final List<String> ACCOUNTS =
      IntStream.range(0, 10).mapToObj(i -> "account" + i).toList();
  private static final long START = 1_000;
  private static final int CALLERS = 16;
  private static final int CRASHES = 20;
  private static final int TRANSFERS_BEFORE_CRASH = 200;

  private final Queue<Transfer> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Transfer> unknown = new ConcurrentLinkedQueue<>();
  private final Queue<Transfer> refused = new ConcurrentLinkedQueue<>();

  /** A transfer, by a name that is its token as well. */
  private record Transfer(String name, String from, String to, long amount) {
    List<Action> actions() {
      var amounts = Map.of(":amount", Client.number(amount));
      return List.of(
          new Action.Update(
              Client.TABLE,
              Client.key(from),
              "SET n = n - :amount",
              Client.when("n >= :amount", amounts)),
          new Action.Update(
              Client.TABLE,
              Client.key(to),
              "SET n = n + :amount",
              Client.when("attribute_exists(id)", amounts)),
          new Action.Put(
              Client.TABLE,
              Client.item(name, amount),
              Client.when("attribute_not_exists(id)", null)));
    }
  }

  @Test
  void theSumStaysThroughCrashesAndRepetitionsAreMadeOnce(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    Power power = new Power();
    TestEngine engine =
        new TestEngine(new MemoryVolume(power), new ManualClock(TestEngine.START), Duration.ZERO);
    engine.create(Client.TABLE);
    new Client(engine, Anomalies.NONE)
        .write(
            null,
            ACCOUNTS.stream()
                .<Action>map(id ->
                    new Action.Put(Client.TABLE, Client.item(id, START), Client.when(null, null)))
                .toList());
    for (int crash = 0; crash < CRASHES; crash++) {
      run(engine, random, crash, power);
      power = new Power();
      engine = engine.afterCrash(crash % 2, power);
      verify(new Client(engine, Anomalies.NONE));
    }
    engine.close();
    IntegrityCheck.Report report = engine.check();
    assertThat(report.named()).isEmpty();
  }

  private void run(TestEngine engine, RandomCase random, int crash, Power power) throws Exception {
    Client client = new Client(engine, Anomalies.NONE);
    Semaphore done = new Semaphore(0);
    List<Future<Integer>> callers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      for (int caller = 0; caller < CALLERS; caller++) {
        RandomGenerator own = random.branch((long) crash * CALLERS + caller);
        String prefix = "transfer-" + crash + "-" + caller + "-";
        callers.add(
            threads.submit(() -> {
              int count = 0;
              while (transfer(client, next(own, prefix + count))) {
                count++;
                done.release();
              }
              return count;
            }));
      }
      done.acquire(TRANSFERS_BEFORE_CRASH);
      power.cut();
      for (Future<Integer> caller : callers) {
        caller.get();
      }
    }
  }

  private static Transfer next(RandomGenerator random, String name) {
    int from = random.nextInt(ACCOUNTS.size());
    int to = (from + 1 + random.nextInt(ACCOUNTS.size() - 1)) % ACCOUNTS.size();
    return new Transfer(name, ACCOUNTS.get(from), ACCOUNTS.get(to), 1 + random.nextInt(400));
  }

  /** False once the machine has failed. */
  private boolean transfer(Client client, Transfer transfer) {
    try {
      client.write(transfer.name(), transfer.actions());
      acknowledged.add(transfer);
      return true;
    } catch (TransactionCanceledException _) {
      refused.add(transfer);
      return true;
    } catch (StorageFailedException _) {
      refused.add(transfer);
      return false;
    } catch (OutcomeUnknownException _) {
      unknown.add(transfer);
      return false;
    }
  }

  private void verify(Client client) {
    verifyBalances(client);
    List<Transfer> again = List.copyOf(unknown);
    unknown.clear();
    // Tried again as an SDK would, twice: whatever had become of it, it happens once at most.
    for (Transfer transfer : again) {
      if (transfer(client, transfer)) {
        assertThat(client.get(transfer.name()).isPresent())
            .isEqualTo(acknowledged.contains(transfer));
        if (acknowledged.contains(transfer)) {
          assertThat(client.write(transfer.name(), transfer.actions()).repeated()).isTrue();
        }
      }
    }
    verifyBalances(client);
    refused.forEach(transfer -> assertThat(client.get(transfer.name())).isEmpty());
  }

  private void verifyBalances(Client client) {
    Map<String, Long> balances = client.read(ACCOUNTS);
    assertThat(balances.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(ACCOUNTS.size() * START);
    Map<String, Long> expected = new HashMap<>();
    ACCOUNTS.forEach(id -> expected.put(id, START));
    acknowledged.forEach(transfer -> {
      assertThat(client.get(transfer.name())).as(transfer.name()).isPresent();
      move(expected, transfer);
    });
    unknown.stream()
        .filter(transfer -> client.get(transfer.name()).isPresent())
        .forEach(transfer -> move(expected, transfer));
    assertThat(balances).isEqualTo(expected);
  }

  private static void move(Map<String, Long> balances, Transfer transfer) {
    balances.merge(transfer.from(), -transfer.amount(), Long::sum);
    balances.merge(transfer.to(), transfer.amount(), Long::sum);
  }
}

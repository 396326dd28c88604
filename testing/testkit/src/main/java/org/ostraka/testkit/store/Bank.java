package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.storage.Direction.FORWARD;
import static org.ostraka.testkit.store.StoreClient.LOG;
import static org.ostraka.testkit.store.StoreClient.SPACE;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;
import static org.ostraka.testkit.store.StoreClient.number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.testkit.random.RandomCase;

/**
 * Transfers between accounts until a crash, and the audit afterwards. One thread runs the bank;
 * each client has a thread of its own.
 *
 * <p>A transfer changes two accounts, writes a row of its own, and appends a record: all or
 * nothing.
 */
final class Bank {
  private static final int ACCOUNTS = 6;
  private static final int CLIENTS = 8;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  /** Lets clients transfer money, and crashes the store at a random moment. */
  void transferUntilCrash(StoreFixture fixture, RandomCase random, int round) throws Exception {
    Store store = fixture.store();
    CountDownLatch untilCrash = new CountDownLatch(1 + random.branch(-1L - round).nextInt(400));
    try (Clients clients = new Clients()) {
      clients.start(
          CLIENTS,
          client -> {
            RandomGenerator own = random.branch((long) round * CLIENTS + client);
            String name = round + "-" + client + "-";
            for (int i = 0; transfer(store, name + i, own); i++) {
              untilCrash.countDown();
            }
          });
      untilCrash.await();
      fixture.crash();
      clients.await();
    }
  }

  /**
   * Checks that every acknowledged transfer is there, that no refused one is, and that none is half
   * done.
   */
  void audit(StoreClient client) {
    List<LogRecord> records = client.records(LOG);
    assertThat(records)
        .extracting(LogRecord::position)
        .isSortedAccordingTo(Comparator.naturalOrder())
        .doesNotHaveDuplicates();
    List<String> kept = records.stream().map(LogRecord::value).map(StoreClient::text).toList();
    assertThat(kept).doesNotHaveDuplicates().noneMatch(refused::contains);
    assertThat(acknowledged).isSubsetOf(kept);
    assertThat(client.rows(Range.OfPartition.all(SPACE, bytes("transfer"), FORWARD)))
        .extracting(row -> StoreClient.text(row.key().sort()))
        .containsExactlyInAnyOrderElementsOf(kept);
    assertBalances(client);
  }

  private static void assertBalances(StoreClient client) {
    long[] expected = new long[ACCOUNTS];
    for (Row row : client.rows(Range.OfPartition.all(SPACE, bytes("transfer"), FORWARD))) {
      String[] parts = StoreClient.text(row.value()).split(" ", -1);
      expected[Integer.parseInt(parts[0])] -= Long.parseLong(parts[2]);
      expected[Integer.parseInt(parts[1])] += Long.parseLong(parts[2]);
    }
    for (int i = 0; i < ACCOUNTS; i++) {
      assertThat(client.read(account(i)).map(StoreClient::number).orElse(0L))
          .as("balance of account %d", i)
          .isEqualTo(expected[i]);
    }
  }

  private boolean transfer(Store store, String name, RandomGenerator random) {
    int from = random.nextInt(ACCOUNTS);
    int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    long amount = 1L + random.nextInt(100);
    RowKey transfer = key("transfer", name);
    Bytes value = bytes(from + " " + to + " " + amount);
    try {
      store.transact(
          List.of(account(from), account(to), transfer),
          rows -> {
            List<Write> writes = new ArrayList<>();
            writes.add(new Write.Put(account(from), number(balance(rows, from) - amount)));
            writes.add(new Write.Append(LOG, bytes(name)));
            writes.add(new Write.Put(account(to), number(balance(rows, to) + amount)));
            writes.add(new Write.Put(transfer, value));
            return new Verdict<>(name, writes);
          });
      acknowledged.add(name);
      return true;
    } catch (StorageFailedException _) {
      refused.add(name);
      return false;
    } catch (OutcomeUnknownException _) {
      return false;
    }
  }

  private static long balance(CurrentRows rows, int account) {
    Optional<Row> row = rows.row(account(account));
    return row.map(Row::value).map(StoreClient::number).orElse(0L);
  }

  private static RowKey account(int number) {
    return key("account" + number, "");
  }
}

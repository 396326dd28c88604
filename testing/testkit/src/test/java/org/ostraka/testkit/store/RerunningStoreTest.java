package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;
import static org.ostraka.testkit.store.StoreClient.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Each decision runs four times, its last run counts, and one that is not pure is found. */
final class RerunningStoreTest {
  private static final RowKey KEY = key("p", "s");

  private final StoreFixture fixture = new MemoryStoreFixture(RandomGenerator.getDefault());
  private final RerunningStore store = new RerunningStore(fixture.store());
  private final StoreClient client = new StoreClient(store);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void decisionRunsWithoutRowsThenWithEarlierOnesThenTwiceWithThoseThatAreThere() {
    client.put(KEY, bytes("first"));
    store.transact(List.of(KEY), _ -> Verdict.unchanged("remembers the first value"));
    client.put(KEY, bytes("second"));
    List<Optional<Bytes>> seen = new ArrayList<>();
    store.transact(
        List.of(KEY),
        rows -> {
          seen.add(rows.row(KEY).map(Row::value));
          return Verdict.unchanged("looked");
        });
    assertThat(seen).hasSize(4);
    assertThat(seen.get(0)).isEmpty();
    assertThat(seen.subList(2, 4)).containsOnly(Optional.of(bytes("second")));
  }

  @Test
  void onlyTheLastRunCounts() {
    client.put(KEY, number(7));
    store.transact(
        List.of(KEY),
        rows -> {
          long before = rows.row(KEY).map(Row::value).map(StoreClient::number).orElse(0L);
          return new Verdict<>("counted", List.of(new Write.Put(KEY, number(before + 1))));
        });
    assertThat(client.read(KEY)).contains(number(8));
  }

  @Test
  void decisionThatWritesSomethingElseEachTimeIsFound() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() ->
            store.transact(
                List.of(KEY),
                _ ->
                    new Verdict<>(
                        "written", List.of(new Write.Put(KEY, number(runs.incrementAndGet()))))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not pure");
    assertThat(client.read(KEY)).isEmpty();
  }

  @Test
  void decisionThatRefusesOnlyOnceIsFound() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() ->
            store.transact(
                List.of(KEY),
                _ -> {
                  if (runs.incrementAndGet() == 3) {
                    throw new IllegalStateException("refused");
                  }
                  return Verdict.unchanged("nothing");
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not pure");
  }

  @Test
  void refusalIsThrownOn() {
    IllegalStateException refusal = new IllegalStateException("refused");
    assertThatThrownBy(() ->
            store.transact(
                List.of(KEY),
                _ -> {
                  throw refusal;
                }))
        .isSameAs(refusal);
  }
}

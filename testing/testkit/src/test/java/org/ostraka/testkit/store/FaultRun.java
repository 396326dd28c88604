package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.storage.Direction.FORWARD;
import static org.ostraka.testkit.store.StoreClient.LOG;
import static org.ostraka.testkit.store.StoreClient.SPACE;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;

/**
 * Makes entries in a store of which one step fails, and audits each entry afterwards. One thread
 * calls; several make entries.
 *
 * <p>An entry is two rows and a record of the same name, and a shared row that counts all entries.
 * It is written completely or not at all.
 */
final class FaultRun {
  private static final int ENTRIES = 12;
  private static final RowKey COUNT = key("count", "");

  private final MemoryVolume.Step kind;
  private final NthStepFails steps;
  private final MemoryVolume volume;
  private final AtomicInteger stops = new AtomicInteger();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  FaultRun(MemoryVolume.Step kind, int number) {
    this.kind = kind;
    this.steps = new NthStepFails(kind, number);
    this.volume = new MemoryVolume(steps);
  }

  /** Makes entries and audits them; returns whether the step that was to fail was reached. */
  boolean run(int clients) throws Exception {
    enterAll(clients);
    boolean failed = steps.hasFailed();
    boolean syncFailed = failed && kind == MemoryVolume.Step.SYNC;
    assertThat(stops).as("orders to stop").hasValue(syncFailed ? 1 : 0);
    assertThat(unknown.isEmpty()).as("no entry is unknown").isEqualTo(!syncFailed);
    for (int kept = 0; kept <= 1; kept++) {
      audit(volume.afterCrash(kept, MemoryVolume.Steps.SOUND), syncFailed && kept == 1);
    }
    return failed;
  }

  private void enterAll(int clients) throws Exception {
    Optional<Store> opened = opened();
    if (opened.isEmpty()) {
      return;
    }
    try (Store store = opened.get()) {
      Clients.run(
          clients,
          client -> {
            for (int i = 0; i < ENTRIES; i++) {
              enter(store, "entry " + client + "-" + i);
              look(store, "entry " + client + "-" + i);
            }
          });
    }
  }

  /** Opens the store, unless the read with which it begins is the step that fails. */
  private Optional<Store> opened() {
    try {
      return Optional.of(open(volume));
    } catch (StorageFailedException unopened) {
      assertThat(kind).as(unopened.getMessage()).isEqualTo(MemoryVolume.Step.READ);
      return Optional.empty();
    }
  }

  private Store open(MemoryVolume opened) {
    return new VolumeStore(
        opened,
        new HybridClock(InstantSource.system()),
        Thread.ofPlatform().factory(),
        _ -> stops.incrementAndGet());
  }

  private void enter(Store store, String name) {
    List<RowKey> keys = List.of(COUNT, key("a", name), key("b", name));
    try {
      store.transact(
          keys,
          rows -> entry(name, rows.row(COUNT).map(Row::value).map(StoreClient::number).orElse(0L)));
      acknowledged.add(name);
    } catch (StorageFailedException _) {
      refused.add(name);
    } catch (OutcomeUnknownException _) {
      unknown.add(name);
    }
  }

  private static Verdict<String> entry(String name, long count) {
    return new Verdict<>(
        name,
        List.of(
            new Write.Put(key("a", name), bytes(name)),
            new Write.Append(LOG, bytes(name)),
            new Write.Put(COUNT, StoreClient.number(count + 1)),
            new Write.Put(key("b", name), bytes(name))));
  }

  /**
   * Reads an entry. The read may fail where the failing step is a read; otherwise it shows the
   * entry exactly if it was acknowledged.
   */
  private void look(Store store, String name) {
    try {
      assertThat(new StoreClient(store).read(key("a", name)).isPresent())
          .isEqualTo(acknowledged.contains(name));
    } catch (StorageFailedException failed) {
      assertThat(kind).as(failed.getMessage()).isEqualTo(MemoryVolume.Step.READ);
    }
  }

  private void audit(MemoryVolume survivor, boolean unknownIsKept) {
    try (Store store = open(survivor)) {
      StoreClient client = new StoreClient(store);
      List<LogRecord> records = client.records(LOG);
      List<String> names = records.stream().map(LogRecord::value).map(StoreClient::text).toList();

      assertThat(names).doesNotHaveDuplicates().noneMatch(refused::contains);
      assertThat(acknowledged).isSubsetOf(names);
      assertThat(names).hasSize(acknowledged.size() + (unknownIsKept ? unknown.size() : 0));
      for (String partition : List.of("a", "b")) {
        assertThat(client.keys(Range.OfPartition.all(SPACE, bytes(partition), FORWARD)))
            .extracting(key -> StoreClient.text(key.sort()))
            .containsExactlyInAnyOrderElementsOf(names);
      }
      assertThat(client.read(COUNT).map(StoreClient::number).orElse(0L)).isEqualTo(names.size());
      assertThat(records.stream().map(record -> record.position().value()).toList())
          .isEqualTo(LongStream.rangeClosed(1, records.size()).boxed().toList());
      client.append(LOG, bytes("the store goes on serving"));
    }
  }
}

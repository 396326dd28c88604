package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.testkit.store.StoreClient.LOG;
import static org.ostraka.testkit.store.StoreClient.SPACE;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * Rows and logs survive closing and reopening; dropped spaces stay dropped; a closed store refuses
 * everything.
 */
interface LifeContract extends UnderTest {

  @Test
  default void rowsAndRecordsAreThereAfterACleanReopening() {
    writeSome();
    fixture().reopen();
    assertSomeIsThere();
  }

  @Test
  default void rowsAndRecordsAreThereAfterACrash() {
    writeSome();
    fixture().crash();
    assertSomeIsThere();
  }

  @Test
  default void storeThatCrashedAndWasReopenedGoesOnServing() {
    for (int i = 1; i <= 5; i++) {
      client().put("p", "s", "value " + i);
      client().append(LOG, bytes("record " + i));
      fixture().crash();
      fixture().reopen();
      assertThat(client().read(key("p", "s"))).contains(bytes("value " + i));
      assertThat(client().records(LOG)).hasSize(i);
    }
  }

  private void writeSome() {
    client().put("p", "deleted", "value");
    client()
        .write(
            new Write.Put(key("p", "s"), bytes("value")),
            new Write.Delete(key("p", "deleted")),
            new Write.Append(LOG, bytes("record")));
  }

  private void assertSomeIsThere() {
    assertThat(client().rows(Range.OfSlice.all(SPACE)))
        .singleElement()
        .satisfies(row -> assertThat(row.value()).isEqualTo(bytes("value")));
    assertThat(client().recordValues(LOG)).containsExactly(bytes("record"));
  }

  @Test
  default void dropRemovesTheRowsAndRecordsOfItsSpaceAndNoOthers() {
    List<Space> spaces =
        List.of(
            new Space(0), new Space(0xFE), new Space(0xFF), new Space(0x100), new Space(0xFFFF));
    for (Space space : spaces) {
      writeTo(space);
    }
    store().drop(new Space(0xFF));
    fixture().reopen();

    for (Space space : spaces) {
      assertThat(client().rows(Range.OfSlice.all(space))).hasSize(space.id() == 0xFF ? 0 : 100);
      assertThat(client().records(new LogId(space))).hasSize(space.id() == 0xFF ? 0 : 1);
    }
  }

  private void writeTo(Space space) {
    Write[] writes = new Write[101];
    for (int i = 0; i < 100; i++) {
      Bytes part = Bytes.of(i % 3 == 0 ? 255 : 0, i);
      writes[i] = new Write.Put(new RowKey(space, part, part), bytes("value"));
    }
    writes[100] = new Write.Append(new LogId(space), bytes("record"));
    client().write(writes);
  }

  @Test
  default void dropSurvivesACrashAndMayBeRepeated() {
    writeTo(SPACE);
    store().drop(SPACE);
    fixture().crash();
    assertThat(client().rows(Range.OfSlice.all(SPACE))).isEmpty();

    store().drop(SPACE);
    fixture().crash();
    assertThat(client().rows(Range.OfSlice.all(SPACE))).isEmpty();
    assertThat(client().records(new LogId(SPACE))).isEmpty();
  }

  @Test
  default void greatestSpaceCanBeDropped() {
    Space greatest = new Space(Long.MAX_VALUE);
    writeTo(greatest);
    writeTo(new Space(Long.MAX_VALUE - 1));
    store().drop(greatest);
    fixture().reopen();

    assertThat(client().rows(Range.OfSlice.all(greatest))).isEmpty();
    assertThat(client().rows(Range.OfSlice.all(new Space(Long.MAX_VALUE - 1)))).hasSize(100);
  }

  @Test
  default void callsAfterCloseFail() {
    client().put("p", "s", "value");
    Store closed = store();
    Cursor open = closed.scan(Range.OfSlice.all(SPACE), Consistency.STRONG, Wanted.ALL);
    closed.close();

    List<ThrowingCallable> calls =
        List.of(
            () -> closed.read(key("p", "s"), Consistency.STRONG),
            () -> closed.read(List.of(key("p", "s")), Consistency.STRONG),
            () -> closed.scan(Range.OfSlice.all(SPACE), Consistency.STRONG, Wanted.ALL),
            () -> new StoreClient(closed).put("p", "s", "later"),
            () -> closed.readLog(LOG, Position.START, 1, Long.MAX_VALUE),
            () -> closed.drop(SPACE),
            open::next);
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(StorageFailedException.class);
    }
    assertThatCode(open::close).doesNotThrowAnyException();
    assertThatCode(closed::close).doesNotThrowAnyException();
    fixture().reopen();
    assertThat(client().read(key("p", "s"))).contains(bytes("value"));
  }

  @Test
  default void closeFinishesWhatWasAcceptedAndRefusesTheRest() throws Exception {
    int clients = 8;
    Set<RowKey> written = ConcurrentHashMap.newKeySet();
    Set<RowKey> refused = ConcurrentHashMap.newKeySet();
    CountDownLatch underWay = new CountDownLatch(50);
    Store closing = store();
    try (Clients busy = new Clients()) {
      busy.start(
          clients,
          client -> {
            for (int i = 0; !refused.contains(key("p" + client, "s" + (i - 1))); i++) {
              RowKey key = key("p" + client, "s" + i);
              try {
                new StoreClient(closing).put(key, bytes("value"));
                written.add(key);
                underWay.countDown();
              } catch (StorageFailedException _) {
                refused.add(key);
              }
            }
          });
      underWay.await();
      closing.close();
      busy.await();
    }
    fixture().reopen();
    assertThat(client().keys(Range.OfSlice.all(SPACE)))
        .containsExactlyInAnyOrderElementsOf(written);
    assertThat(refused).hasSize(clients);
  }
}

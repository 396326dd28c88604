package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.testkit.store.StoreClient.LOG;
import static org.ostraka.testkit.store.StoreClient.SPACE;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Decision;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Decisions read, write and delete the rows that they declared, and no others. */
interface RowsContract extends UnderTest {

  @Test
  default void rowThatWasNeverWrittenIsAbsent() {
    assertThat(client().read(key("p", "s"))).isEmpty();
  }

  @Test
  default void rowThatWasPutIsReadWithItsKeyAndValue() {
    client().put("p", "s", "value");

    Row row = store().read(key("p", "s"), Consistency.STRONG).orElseThrow();
    assertThat(row.key()).isEqualTo(key("p", "s"));
    assertThat(row.value()).isEqualTo(bytes("value"));
  }

  @Test
  default void rowsThatAreReadTogetherComeInTheOrderOfTheirKeys() {
    client().put("p", "there", "1");
    client().put("q", "there", "2");
    List<RowKey> keys =
        List.of(key("q", "there"), key("p", "absent"), key("p", "there"), key("q", "there"));

    List<Optional<Row>> rows = store().read(keys, Consistency.STRONG);
    assertThat(rows)
        .extracting(row -> row.map(Row::key))
        .containsExactly(
            Optional.of(keys.get(0)),
            Optional.empty(),
            Optional.of(keys.get(2)),
            Optional.of(keys.get(3)));
    assertThat(rows)
        .extracting(row -> row.map(Row::value))
        .containsExactly(
            Optional.of(bytes("2")),
            Optional.empty(),
            Optional.of(bytes("1")),
            Optional.of(bytes("2")));
  }

  @Test
  default void asManyRowsAsAllowedAreReadTogetherAndNoMore() {
    List<RowKey> keys = manyKeys(store().limits().declaredKeys());
    client().put(keys.getLast(), bytes("value"));

    List<Optional<Row>> rows = store().read(keys, Consistency.STRONG);

    assertThat(rows).hasSize(store().limits().declaredKeys());
    assertThat(rows.getLast().map(Row::value)).contains(bytes("value"));
    assertThat(store().read(List.of(), Consistency.EVENTUAL)).isEmpty();
    assertThatThrownBy(
            () -> store().read(manyKeys(store().limits().declaredKeys() + 1), Consistency.STRONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void eventualReadShowsARowSoonerOrLater() {
    client().put("p", "s", "value");

    Optional<Row> row = store().read(key("p", "s"), Consistency.EVENTUAL);
    if (!fixture().offers().contains(Offer.STALE_READS)) {
      assertThat(row).as("a store without stale reads reads what was acknowledged").isPresent();
    }
    while (row.isEmpty()) {
      row = store().read(key("p", "s"), Consistency.EVENTUAL);
    }
    assertThat(row.get().value()).isEqualTo(bytes("value"));
  }

  @Test
  default void laterPutReplacesTheValue() {
    client().put("p", "s", "first");
    client().put("p", "s", "second");

    assertThat(client().read(key("p", "s"))).contains(bytes("second"));
  }

  @Test
  default void deletedRowIsAbsentAndCanBePutAgain() {
    client().put("p", "s", "first");
    client().delete(key("p", "s"));
    assertThat(client().read(key("p", "s"))).isEmpty();

    client().put("p", "s", "second");
    assertThat(client().read(key("p", "s"))).contains(bytes("second"));
  }

  @Test
  default void deletingWhatIsAbsentChangesNothing() {
    client().put("p", "other", "value");
    client().delete(key("p", "s"));

    assertThat(client().read(key("p", "s"))).isEmpty();
    assertThat(client().read(key("p", "other"))).contains(bytes("value"));
  }

  @Test
  default void decisionSeesItsDeclaredRowsAndAnswers() {
    client().put("p", "there", "value");
    List<RowKey> keys = List.of(key("p", "there"), key("p", "absent"));

    String answer =
        store()
            .transact(
                keys,
                rows -> {
                  String there = rows.row(keys.get(0)).map(Row::value).map(StoreClient::text).get();
                  return Verdict.unchanged(there + rows.row(keys.get(1)).isPresent());
                });

    assertThat(answer).isEqualTo("valuefalse");
  }

  @Test
  default void verdictOverSeveralRowsIsCarriedOutAsOne() {
    client().put("p", "old", "value");
    client()
        .write(
            new Write.Put(key("p", "new"), bytes("1")),
            new Write.Put(key("q", "new"), bytes("2")),
            new Write.Delete(key("p", "old")));

    assertThat(client().read(key("p", "new"))).contains(bytes("1"));
    assertThat(client().read(key("q", "new"))).contains(bytes("2"));
    assertThat(client().read(key("p", "old"))).isEmpty();
  }

  @Test
  default void lastWriteOfAKeyWithinAVerdictWins() {
    client()
        .write(
            new Write.Put(key("p", "deleted"), bytes("1")),
            new Write.Delete(key("p", "deleted")),
            new Write.Delete(key("p", "put")),
            new Write.Put(key("p", "put"), bytes("1")),
            new Write.Put(key("p", "put"), bytes("2")));

    assertThat(client().read(key("p", "deleted"))).isEmpty();
    assertThat(client().read(key("p", "put"))).contains(bytes("2"));
  }

  @Test
  default void decisionMaySeeARowAndWriteNothing() {
    client().put("p", "s", "value");

    Verdict<String> nothing = Verdict.unchanged("nothing");
    String answer = store().transact(List.of(key("p", "s")), _ -> nothing);

    assertThat(answer).isEqualTo("nothing");
    assertThat(client().read(key("p", "s"))).contains(bytes("value"));
  }

  @Test
  default void keyDeclaredTwiceCountsAsDeclared() {
    List<RowKey> twice = List.of(key("p", "s"), key("p", "s"));
    Write put = new Write.Put(key("p", "s"), bytes("value"));
    store().transact(twice, _ -> new Verdict<>("done", List.of(put)));

    assertThat(client().read(key("p", "s"))).contains(bytes("value"));
  }

  @Test
  default void readingAnUndeclaredKeyIsRefused() {
    assertThatThrownBy(() ->
            store()
                .transact(
                    List.of(key("p", "s")),
                    rows -> Verdict.unchanged(rows.row(key("p", "other")).isPresent())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void writingAnUndeclaredKeyIsRefusedAndNothingIsWritten() {
    List<Write> undeclared =
        List.of(
            new Write.Put(key("p", "s"), bytes("value")),
            new Write.Append(LOG, bytes("record")),
            new Write.Put(key("p", "other"), bytes("value")));

    assertThatThrownBy(
            () -> store().transact(List.of(key("p", "s")), _ -> new Verdict<>("", undeclared)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(client().read(key("p", "s"))).isEmpty();
    assertThat(client().read(key("p", "other"))).isEmpty();
    assertThat(client().records(LOG)).isEmpty();
  }

  @Test
  default void deletingAnUndeclaredKeyIsRefused() {
    client().put("p", "other", "value");
    List<Write> undeclared = List.of(new Write.Delete(key("p", "other")));

    assertThatThrownBy(
            () -> store().transact(List.of(key("p", "s")), _ -> new Verdict<>("", undeclared)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(client().read(key("p", "other"))).contains(bytes("value"));
  }

  @Test
  default void aRowThatFollowsFromADeclaredOneIsWrittenAndRemovedWithIt() {
    RowKey owner = key("p", "s");
    RowKey derived = new RowKey(new Space(SPACE.id() + 1), bytes("s"), bytes("p"));
    client()
        .write(
            new Write.Put(owner, bytes("value")),
            new Write.Derive(owner, derived, Optional.of(bytes("derived"))));
    fixture().reopen();
    assertThat(client().read(derived)).contains(bytes("derived"));

    client().write(new Write.Delete(owner), new Write.Derive(owner, derived, Optional.empty()));
    fixture().reopen();
    assertThat(client().read(derived)).isEmpty();
  }

  @Test
  default void aRowThatFollowsFromAnUndeclaredOneIsRefused() {
    Write derived =
        new Write.Derive(key("p", "other"), key("q", "derived"), Optional.of(bytes("value")));

    assertThatThrownBy(() ->
            store().transact(List.of(key("p", "s")), _ -> new Verdict<>("", List.of(derived))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(client().read(key("q", "derived"))).isEmpty();
  }

  @Test
  default void noKeysAndTooManyKeysAreRefused() {
    List<RowKey> tooMany = manyKeys(store().limits().declaredKeys() + 1);
    for (Collection<RowKey> keys : List.of(List.<RowKey>of(), tooMany)) {
      assertThatThrownBy(() -> store().transact(keys, _ -> Verdict.unchanged("")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void asManyKeysAsAllowedAreWrittenAsOne() {
    List<RowKey> keys = manyKeys(store().limits().declaredKeys());
    List<Write> writes = new ArrayList<>();
    keys.forEach(key -> writes.add(new Write.Put(key, bytes("value"))));

    store().transact(keys, _ -> new Verdict<>("done", writes));

    assertThat(keys).allSatisfy(key -> assertThat(client().read(key)).isPresent());
  }

  private static List<RowKey> manyKeys(int count) {
    List<RowKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(key("p" + i % 7, "s" + i));
    }
    return keys;
  }

  @Test
  default void whatADecisionThrowsIsThrownOnAndNothingIsWritten() {
    client().put("p", "s", "before");

    assertRefusalIsThrownOn(new IllegalStateException("refused"));
    assertRefusalIsThrownOn(new StorageFailedException("refused"));
    assertThat(client().read(key("p", "s"))).contains(bytes("before"));
  }

  private void assertRefusalIsThrownOn(RuntimeException refusal) {
    Decision<String> decision =
        _ -> {
          throw refusal;
        };
    assertThatThrownBy(() -> store().transact(List.of(key("p", "s")), decision)).isSameAs(refusal);
  }

  @Test
  default void refusalDoesNotHoldUpLaterDecisions() {
    assertRefusalIsThrownOn(new IllegalStateException("refused"));

    client().put("p", "s", "value");
    assertThat(client().read(key("p", "s"))).contains(bytes("value"));
  }

  @Test
  default void valuesOfNoBytesAndOfAMegabyteAreKept() {
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < megabyte.length; i++) {
      megabyte[i] = (byte) (i * 31 + (i >> 8));
    }
    client().put(key("p", "none"), Bytes.EMPTY);
    client().put(key("p", "much"), Bytes.wrap(megabyte));

    fixture().reopen();
    assertThat(client().read(key("p", "none"))).contains(Bytes.EMPTY);
    assertThat(client().read(key("p", "much"))).contains(Bytes.wrap(megabyte));
  }

  @Test
  default void rowsWithAwkwardKeysAreKeptApart() {
    Map<RowKey, Bytes> rows = new LinkedHashMap<>();
    for (RowKey key : AwkwardKeys.all(store().limits())) {
      rows.put(key, bytes("row " + rows.size()));
    }
    rows.forEach((key, value) -> client().put(key, value));

    rows.forEach((key, value) -> assertThat(client().read(key)).contains(value));
  }

  @Test
  default void sameKeyInAnotherSpaceIsAnotherRow() {
    List<Space> spaces =
        List.of(new Space(0), new Space(1), new Space(255), SPACE, new Space(Long.MAX_VALUE));
    for (Space space : spaces) {
      client().put(new RowKey(space, bytes("p"), bytes("s")), bytes(space.toString()));
    }
    client().delete(new RowKey(new Space(1), bytes("p"), bytes("s")));

    for (Space space : spaces) {
      assertThat(client().read(new RowKey(space, bytes("p"), bytes("s"))))
          .isEqualTo(Optional.of(bytes(space.toString())).filter(_ -> space.id() != 1));
    }
  }
}

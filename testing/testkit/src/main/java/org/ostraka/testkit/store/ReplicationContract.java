package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.testkit.store.StoreClient.LOG;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/** Changes that were made elsewhere keep their versions, and come after what they win over. */
interface ReplicationContract extends UnderTest {
  Origin ELSEWHERE = new Origin(7);

  @Test
  default void replicatedChangesKeepTheirVersionAndAreMarkedInTheLog() {
    RowKey owner = key("p", "s");
    RowKey derived = new RowKey(new Space(9), bytes("q"), bytes("derived"));
    Version version = versionAfter(floor(), 10);
    replicate(
        version,
        new Write.Put(owner, bytes("1")),
        new Write.Derive(owner, derived, Optional.of(bytes("2"))),
        new Write.Append(LOG, bytes("3")));
    fixture().reopen();

    assertThat(row(owner).version()).isEqualTo(version);
    assertThat(row(derived).version()).isEqualTo(version);
    LogRecord record = client().records(LOG).getFirst();
    assertThat(record.version()).isEqualTo(version);
    assertThat(record.isReplicated()).isTrue();
    assertThat(record.stamp()).isGreaterThan(version.stamp());
  }

  @Test
  default void laterDecisionsHaveGreaterStampsThanAReplicatedChange() {
    Version version = versionAfter(floor(), 1_000_000);
    replicate(version, new Write.Put(key("p", "s"), bytes("1")));
    client().put("p", "s", "2");
    assertThat(row(key("p", "s")).version().stamp()).isGreaterThan(version.stamp());

    fixture().crash();
    client().put("p", "other", "3");
    assertThat(row(key("p", "other")).version().stamp()).isGreaterThan(version.stamp());
  }

  @Test
  default void changeThatDoesNotWinIsAMistakeOfTheCaller() {
    client().put("p", "s", "1");
    Version current = row(key("p", "s")).version();
    Version older = new Version(new Stamp(current.stamp().value() - 1), ELSEWHERE);

    for (Version version : List.of(current, older)) {
      assertThatThrownBy(() -> replicate(version, new Write.Put(key("p", "s"), bytes("2"))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> replicate(version, new Write.Delete(key("p", "s"))))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(client().read(key("p", "s"))).contains(bytes("1"));
  }

  @Test
  default void olderChangeOfARowThatIsAbsentIsTaken() {
    Version version = new Version(new Stamp(17), ELSEWHERE);
    replicate(version, new Write.Put(key("p", "s"), bytes("1")));
    assertThat(row(key("p", "s")).version()).isEqualTo(version);

    client().put("p", "s", "2");
    assertThat(row(key("p", "s")).version()).isGreaterThan(version);
  }

  @Test
  default void changeFromTooFarInTheFutureIsRefused() {
    Version version = new Version(new Stamp(Long.MAX_VALUE >> 1), ELSEWHERE);

    assertThatThrownBy(() -> replicate(version, new Write.Put(key("p", "s"), bytes("1"))))
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining("clock");
    assertThat(client().read(key("p", "s"))).isEmpty();
    client().put("p", "s", "the store goes on");
  }

  private Stamp floor() {
    return store().floor();
  }

  private static Version versionAfter(Stamp stamp, long later) {
    return new Version(new Stamp(stamp.value() + later), ELSEWHERE);
  }

  private void replicate(Version version, Write... writes) {
    List<Write> replicated =
        List.of(writes).stream()
            .map(write -> (Write) new Write.Replicated(version, write))
            .toList();
    store().transact(StoreClient.keysOf(replicated), _ -> new Verdict<>("done", replicated));
  }

  private Row row(RowKey key) {
    return store().read(key, Consistency.STRONG).orElseThrow();
  }
}

package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.engine.operation.Passage;
import org.ostraka.engine.operation.Passage.Fate;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.ChangeBatch.Change;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.engine.region.Peers;
import org.ostraka.model.Bytes;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/** Each fault on the way to another region, one at a time. */
final class UnsteadyPeersTest {
  private static final Region THERE = new Region("eu-west-1");
  private static final TableArn TABLE =
      TableArn.parse("arn:aws:dynamodb:eu-west-1:000000000000:table/votes").orElseThrow();

  private final List<List<Change>> arrived = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final Deque<Passage> passages = new ArrayDeque<>();
  private Instant now = Instant.EPOCH;
  private final Peers peers = new UnsteadyPeers(new There(), new Planned(), () -> now, pauses::add);

  @Test
  void aMessageIsOnItsWayForAWhile() {
    passages.add(new Passage(Duration.ofMillis(7), Fate.ANSWERED, false, false, Duration.ZERO));
    assertThat(apply(batch(3))).contains(0);
    assertThat(pauses).containsExactly(Duration.ofMillis(7));
    assertThat(arrived).containsExactly(batch(3).changes());
  }

  @Test
  void aMessageOrItsAnswerIsLost() {
    passages.add(new Passage(Duration.ZERO, Fate.LOST, false, false, Duration.ZERO));
    assertThatThrownBy(() -> apply(batch(3))).isInstanceOf(PeerException.class);
    assertThat(arrived).isEmpty();
    passages.add(new Passage(Duration.ZERO, Fate.UNANSWERED, false, false, Duration.ZERO));
    assertThatThrownBy(() -> apply(batch(3))).isInstanceOf(PeerException.class);
    assertThat(arrived).containsExactly(batch(3).changes());
  }

  @Test
  void aMessageArrivesTwice() {
    passages.add(new Passage(Duration.ZERO, Fate.ANSWERED, true, false, Duration.ZERO));
    assertThat(apply(batch(3))).contains(0);
    assertThat(arrived).containsExactly(batch(3).changes(), batch(3).changes());
  }

  @Test
  void changesOfDifferentItemsAreReorderedAndThoseOfOneStayInOrder() {
    passages.add(new Passage(Duration.ZERO, Fate.ANSWERED, false, true, Duration.ZERO));
    List<Change> sent = batch(20).changes();
    apply(batch(20));
    List<Change> all = arrived.stream().flatMap(List::stream).toList();
    assertThat(all).containsExactlyInAnyOrderElementsOf(sent).isNotEqualTo(sent);
    for (Change change : sent) {
      assertThat(all.stream().filter(each -> each.key().equals(change.key())))
          .containsExactlyElementsOf(
              sent.stream().filter(each -> each.key().equals(change.key())).toList());
    }
  }

  @Test
  void aRegionIsCutOffForAWhile() {
    passages.add(new Passage(Duration.ZERO, Fate.ANSWERED, false, false, Duration.ofSeconds(5)));
    assertThatThrownBy(() -> apply(batch(1))).isInstanceOf(PeerException.class);
    now = now.plusSeconds(4);
    assertThatThrownBy(() -> peers.to(THERE).orElseThrow().find(TABLE))
        .isInstanceOf(PeerException.class);
    now = now.plusSeconds(1);
    assertThat(apply(batch(1))).contains(0);
  }

  @Test
  void theWayToARegionStaysTheSame() {
    assertThat(peers.to(THERE)).isEqualTo(peers.to(THERE));
    assertThat(peers.to(new Region("us-east-1"))).isEmpty();
  }

  private Optional<Integer> apply(ChangeBatch batch) {
    return peers.to(THERE).orElseThrow().apply(batch);
  }

  /** Returns a batch in which each second change is of the item of the one before. */
  private static ChangeBatch batch(int count) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(
          new Change(
              new Version(new Stamp(i + 1), new Origin(1)),
              Bytes.wrap(new byte[] {(byte) (i / 2)}),
              Optional.empty()));
    }
    return new ChangeBatch(TABLE, new Region("us-east-1"), new UUID(1, 1), changes);
  }

  private final class Planned implements Anomalies {
    @Override
    public boolean transactionsConflict() {
      return false;
    }

    @Override
    public OptionalInt conflictAmong(int actions) {
      return OptionalInt.empty();
    }

    @Override
    public Passage passage() {
      return passages.isEmpty() ? Passage.CLEAR : passages.remove();
    }
  }

  private final class There implements Peers, Peer {
    @Override
    public Optional<Peer> to(Region region) {
      return region.equals(THERE) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public List<Region> regions() {
      return List.of(THERE);
    }

    @Override
    public Optional<Table> find(TableArn table) {
      return Optional.empty();
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      return Optional.empty();
    }

    @Override
    public Association.Answer associate(Association association) {
      throw new UnsupportedOperationException("nothing is associated");
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      arrived.add(batch.changes());
      return Optional.of(0);
    }
  }
}

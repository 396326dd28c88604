package org.ostraka.delivery.region;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ostraka.delivery.Pause;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.engine.operation.Passage;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.engine.region.Peers;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;

/**
 * Regions to which messages are delayed, lost, doubled or reordered, and that are cut off, as
 * {@link Anomalies} choose, so that an application can be tested against it. What replication
 * promises still holds. Any thread.
 */
public final class UnsteadyPeers implements Peers {
  private final Peers peers;
  private final Anomalies anomalies;
  private final InstantSource clock;
  private final Pause pause;
  private final Map<Region, Instant> cutUntil = new ConcurrentHashMap<>();

  public UnsteadyPeers(Peers peers, Anomalies anomalies, InstantSource clock, Pause pause) {
    this.peers = peers;
    this.anomalies = anomalies;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Optional<Peer> to(Region region) {
    return peers.to(region).map(peer -> new Unsteady(this, region, peer));
  }

  @Override
  public List<Region> regions() {
    return peers.regions();
  }

  /** Lets a message begin its way, and returns what happens to it. */
  private Passage begin(Region region) {
    Passage passage = anomalies.passage();
    Instant now = clock.instant();
    if (!passage.cut().isZero()) {
      cutUntil.put(region, now.plus(passage.cut()));
    }
    if (cutUntil.getOrDefault(region, Instant.MIN).isAfter(now)) {
      throw new PeerException(region + " is cut off on purpose");
    }
    try {
      pause.sleep(passage.delay());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new PeerException("stopped on the way to " + region, stopped);
    }
    if (passage.fate() == Passage.Fate.LOST) {
      throw new PeerException("a message to " + region + " was lost on purpose");
    }
    return passage;
  }

  private <T> T call(Region region, Passage passage, Supplier<T> message) {
    T answer = message.get();
    if (passage.twice()) {
      answer = message.get();
    }
    if (passage.fate() == Passage.Fate.UNANSWERED) {
      throw new PeerException("an answer of " + region + " was lost on purpose");
    }
    return answer;
  }

  /** The way to a region. Two ways to the same peer are equal. */
  private record Unsteady(UnsteadyPeers network, Region region, Peer peer) implements Peer {
    @Override
    public Optional<Table> find(TableArn table) {
      Passage passage = network.begin(region);
      return network.call(region, passage, () -> peer.find(table));
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      Passage passage = network.begin(region);
      return network.call(region, passage, () -> peer.tell(message));
    }

    @Override
    public Association.Answer associate(Association association) {
      Passage passage = network.begin(region);
      return network.call(region, passage, () -> peer.associate(association));
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      Passage passage = network.begin(region);
      return network.call(
          region, passage, () -> passage.reordered() ? applyReordered(batch) : peer.apply(batch));
    }

    /** The batch has arrived only when both parts have. */
    private Optional<Integer> applyReordered(ChangeBatch batch) {
      List<ChangeBatch.Change> first = new ArrayList<>();
      List<ChangeBatch.Change> second = new ArrayList<>();
      for (ChangeBatch.Change change : batch.changes()) {
        (change.key().hashCode() % 2 == 0 ? first : second).add(change);
      }
      if (first.isEmpty() || second.isEmpty()) {
        return peer.apply(batch);
      }
      Optional<Integer> before = peer.apply(batch.with(second));
      Optional<Integer> after = peer.apply(batch.with(first));
      return before.flatMap(count -> after.map(more -> count + more));
    }
  }
}

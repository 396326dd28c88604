package org.ostraka.delivery.region;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.engine.region.Peers;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;

/** Connects regions, and cuts them off from each other. Any thread. */
final class TestNetwork {
  private final Map<Region, TestRegion> regions = new ConcurrentHashMap<>();
  private final Set<Wire> cut = ConcurrentHashMap.newKeySet();
  private final Set<Wire> withoutChanges = ConcurrentHashMap.newKeySet();
  private final AtomicLong changes = new AtomicLong();
  private final Map<Region, AtomicLong> taken = new ConcurrentHashMap<>();
  private final AtomicLong refused = new AtomicLong();
  private volatile long maxChanges = Long.MAX_VALUE;

  private record Wire(Region from, Region to) {}

  /** Adds a region over memory, with the clock of the machine. */
  TestRegion region(Region name) {
    return region(name, Clock.systemUTC());
  }

  /** Adds a region over memory. */
  TestRegion region(Region name, Clock clock) {
    SplittableRandom random = new SplittableRandom(1);
    TestRegion region = new TestRegion(name.value(), clock, from(name.value()), random);
    add(region);
    return region;
  }

  void add(TestRegion region) {
    regions.put(region.region(), region);
  }

  void cut(Region from, Region to) {
    cut.add(new Wire(from, to));
  }

  void heal(Region from, Region to) {
    cut.remove(new Wire(from, to));
  }

  /** Lets no batches of changes pass, not even empty ones, but everything else. */
  void cutChanges(Region from, Region to) {
    withoutChanges.add(new Wire(from, to));
  }

  void healChanges(Region from, Region to) {
    withoutChanges.remove(new Wire(from, to));
  }

  void heal() {
    cut.clear();
    withoutChanges.clear();
    maxChanges = Long.MAX_VALUE;
  }

  /** Cuts all wires as soon as this many changes in all have been taken. */
  void cutAfter(long count) {
    maxChanges = count;
  }

  /** Returns how many changes other regions have taken. */
  long changes() {
    return changes.get();
  }

  /** Returns how many changes a region has taken. */
  long changes(Region to) {
    return taken(to).get();
  }

  private AtomicLong taken(Region region) {
    return taken.computeIfAbsent(region, _ -> new AtomicLong());
  }

  /** Returns how many batches were not taken since the wires were cut by their number. */
  long refused() {
    return refused.get();
  }

  /** Returns the way from a region to the others. */
  Peers from(String from) {
    Region own = new Region(from);
    return new Peers() {
      private final Map<Region, Peer> wires = new ConcurrentHashMap<>();

      @Override
      public Optional<Peer> to(Region region) {
        return Optional.of(wires.computeIfAbsent(region, _ -> new Cable(new Wire(own, region))));
      }

      @Override
      public List<Region> regions() {
        return List.of();
      }
    };
  }

  /** A wire that may be cut. */
  private final class Cable implements Peer {
    private final Wire wire;

    private Cable(Wire wire) {
      this.wire = wire;
    }

    @Override
    public Optional<Table> find(TableArn table) {
      return answered(target().find(table));
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      return answered(target().tell(GroupMessage.of(message.encoded())));
    }

    @Override
    public Association.Answer associate(Association association) {
      Association.Answer answer = target().associate(Association.of(association.encoded()));
      return answered(Association.Answer.of(answer.encoded()));
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      if (withoutChanges.contains(wire)) {
        throw new PeerException("the wire is cut for changes");
      }
      if (changes.get() >= maxChanges) {
        refused.incrementAndGet();
        throw new PeerException("the wire is cut");
      }
      Optional<Integer> applied = target().apply(batch);
      if (applied.isPresent()) { // otherwise the region does not take changes of this table yet
        changes.addAndGet(batch.changes().size());
        taken(wire.to()).addAndGet(batch.changes().size());
      }
      return answered(applied);
    }

    private Peer target() {
      TestRegion region = regions.get(wire.to());
      if (region == null || cut.contains(wire)) {
        throw new PeerException("the wire is cut");
      }
      return region.peer();
    }

    private <T> T answered(T answer) {
      if (cut.contains(wire)) {
        throw new PeerException("the answer is lost");
      }
      return answer;
    }
  }
}

package org.ostraka.delivery.region;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Stamp;

/** How far the replication to other regions has come, as this server has seen it. Any thread. */
public final class ReplicationStatus {
  /** The part of a new value in an average: an eighth. */
  private static final int SMOOTHING = 8;

  private final Map<Route, Counts> routes = new ConcurrentHashMap<>();
  private final Map<Shard, Stamp> shards = new ConcurrentHashMap<>();

  private record Shard(Route route, String shard) {}

  /**
   * The replication of a table to another region. Immutable.
   *
   * @param contact when the region answered last; absent if it did not yet
   * @param latency how long changes took from being made to being durable there, on average
   * @param sent the number of changes that were sent
   * @param superseded the number of them that found a later change of the same item, or came twice
   */
  public record Counts(Optional<Instant> contact, Duration latency, long sent, long superseded) {
    static final Counts NONE = new Counts(Optional.empty(), Duration.ZERO, 0, 0);
  }

  /** Returns the replication of a table to a region. */
  public Counts of(TableArn table, Region to) {
    return routes.getOrDefault(new Route(table, to), Counts.NONE);
  }

  /**
   * Returns the stamp up to which everything in a shard that was written in this region is durable
   * in another one; {@link Stamp#ZERO} when that is not known.
   */
  public Stamp durable(TableArn table, Region to, String shard) {
    return shards.getOrDefault(new Shard(new Route(table, to), shard), Stamp.ZERO);
  }

  void durable(TableArn table, Region to, String shard, Stamp upTo) {
    shards.put(new Shard(new Route(table, to), shard), upTo);
  }

  void sent(TableArn table, Region to, int changes, int superseded, Instant now, Duration latency) {
    routes.compute(
        new Route(table, to),
        (_, old) -> {
          Counts before = old == null ? Counts.NONE : old;
          Duration average =
              before.sent() == 0
                  ? latency
                  : before.latency().multipliedBy(SMOOTHING - 1).plus(latency).dividedBy(SMOOTHING);
          return new Counts(
              Optional.of(now), average, before.sent() + changes, before.superseded() + superseded);
        });
  }

  /** Returns the shards of a table of which it is known what is durable in a region. */
  Set<String> shards(Route route) {
    return shards.keySet().stream()
        .filter(shard -> shard.route().equals(route))
        .map(Shard::shard)
        .collect(Collectors.toSet());
  }

  /** Forgets shards of a route. */
  void forget(Route route, Set<String> ended) {
    ended.forEach(shard -> shards.remove(new Shard(route, shard)));
  }

  /** Forgets all other routes. */
  void retain(Set<Route> kept) {
    routes.keySet().retainAll(kept);
    shards.keySet().removeIf(shard -> !kept.contains(shard.route()));
  }
}

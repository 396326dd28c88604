package org.ostraka.engine.metric;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.insight.ContributorInsights;
import org.ostraka.engine.insight.HotKeys;
import org.ostraka.model.Bytes;
import org.ostraka.model.ThrottlingReason.Limit;
import org.ostraka.model.Traffic;

/** What is counted of a table alone, or of one of its global indexes. Any thread. */
public final class ResourceMetrics {
  private final Tally reads = new Tally();
  private final Tally writes = new Tally();
  private final Map<Limit, LongAdder> throttledReads = adders();
  private final Map<Limit, LongAdder> throttledWrites = adders();

  private volatile @Nullable HotKeys hotKeys;
  private volatile boolean countsAccesses;
  private final AtomicReference<@Nullable IndexBuildMetrics> build = new AtomicReference<>();

  ResourceMetrics() {}

  /** Returns what is counted of the building of an index, from now on. */
  public IndexBuildMetrics building() {
    return Made.once(build, IndexBuildMetrics::new);
  }

  /** Returns what is counted of the building of an index; empty unless it was built here. */
  public Optional<IndexBuildMetrics> build() {
    return Optional.ofNullable(build.get());
  }

  /** Begins or ends to count keys. */
  void follow(Optional<ContributorInsights.Setting> setting, long now) {
    boolean enabled = setting.filter(ContributorInsights.Setting::enabled).isPresent();
    countsAccesses = setting.filter(ContributorInsights.Setting::countsAccesses).isPresent();
    if (!enabled) {
      hotKeys = null;
    } else if (hotKeys == null) {
      hotKeys = new HotKeys(now);
    }
  }

  /** Returns the keys that are accessed and throttled most; empty where they are not counted. */
  public Optional<HotKeys> hotKeys() {
    return Optional.ofNullable(hotKeys);
  }

  /** Counts the keys of a part of a request that was served. */
  void accessed(Load load, long now) {
    HotKeys keys = hotKeys;
    if (keys != null && countsAccesses && load.key().isPresent()) {
      keys.accessed(load.key().get(), load.sort(), load.units(), now);
    }
  }

  /** Counts the keys of a part of a request for which there was no capacity. */
  public void throttledKey(Bytes partition, Optional<Bytes> sort, long now) {
    HotKeys keys = hotKeys;
    if (keys != null) {
      keys.throttled(partition, sort, now);
    }
  }

  private static Map<Limit, LongAdder> adders() {
    Map<Limit, LongAdder> adders = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      adders.put(limit, new LongAdder());
    }
    return adders;
  }

  /** Returns the units that requests consumed, a value for each request. */
  public Tally consumed(Traffic traffic) {
    return traffic == Traffic.READ ? reads : writes;
  }

  /** Counts a part of a request for which there was no capacity. */
  public void throttled(Traffic traffic, Limit limit) {
    adder(traffic, limit).increment();
  }

  /**
   * Returns for how many parts of requests this limit left no capacity, whether they were refused
   * or not.
   */
  public long throttleEvents(Traffic traffic, Limit limit) {
    return adder(traffic, limit).sum();
  }

  private LongAdder adder(Traffic traffic, Limit limit) {
    return Objects.requireNonNull(
        (traffic == Traffic.READ ? throttledReads : throttledWrites).get(limit));
  }
}

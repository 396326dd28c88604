package org.ostraka.engine.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.StreamingDestination;

/**
 * The Kinesis data streams to which a table's changes are sent, or were sent. Immutable.
 *
 * @param all the destinations with different streams, the newest first
 */
public record StreamingDestinations(List<StreamingDestination> all) {
  /** No destinations. */
  public static final StreamingDestinations NONE = new StreamingDestinations(List.of());

  public StreamingDestinations {
    all = List.copyOf(all);
    if (all.stream().map(StreamingDestination::streamArn).distinct().count() < all.size()) {
      throw new IllegalArgumentException("a stream is a table's destination once");
    }
  }

  public Optional<StreamingDestination> find(String streamArn) {
    return all.stream().filter(each -> each.streamArn().equals(streamArn)).findFirst();
  }

  /** Returns whether one destination is live; a table has one live destination at most. */
  public boolean hasLive() {
    return all.stream().anyMatch(each -> each.status().isLive());
  }

  /** Returns whether changes are being delivered to one of them. */
  public boolean hasDelivering() {
    return all.stream().anyMatch(each -> each.status().isDelivering());
  }

  /** Returns the destinations with this one in the place of the one with the same stream. */
  public StreamingDestinations with(StreamingDestination next) {
    List<StreamingDestination> changed = new ArrayList<>(all);
    if (find(next.streamArn()).isEmpty()) {
      changed.addFirst(next);
    } else {
      changed.replaceAll(each -> each.streamArn().equals(next.streamArn()) ? next : each);
    }
    return new StreamingDestinations(changed);
  }
}

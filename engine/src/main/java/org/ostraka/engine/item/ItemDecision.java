package org.ostraka.engine.item;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.Item;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.DuplicateItemException;
import org.ostraka.model.error.ItemCollectionSizeLimitExceededException;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;

/**
 * One decision on writes of different items, one after the other: the change of each write, and the
 * change of the items' collections by all of them. The thread that runs the decision.
 *
 * <p>A collection may not grow beyond its limit, nor grow further when it is beyond it already. The
 * outcome of the whole decision is judged, since all of it happens at once: a write may use the
 * room that another one frees, earlier or later.
 */
public final class ItemDecision {
  private final CurrentRows rows;
  private final Allowance allowance;
  private final Map<RowKey, Growth> collections = new HashMap<>();
  private long imageBytes;
  private long rowBytes;

  public ItemDecision(CurrentRows rows, Allowance allowance) {
    this.rows = rows;
    this.allowance = allowance;
  }

  /** The change of a collection's size. */
  private static final class Growth {
    private final long limitBytes;
    private final long before;
    private final List<ItemWrite> beyond = new ArrayList<>();
    private long now;

    Growth(long limitBytes, long before) {
      this.limitBytes = limitBytes;
      this.before = before;
      this.now = before;
    }

    long add(ItemWrite write, long bytes) {
      now += bytes;
      if (now < 0) {
        throw new CorruptDataException("a collection has more taken from it than it holds");
      }
      if (bytes > 0 && now > limitBytes && !write.isReplicated()) {
        beyond.add(write);
      }
      return now;
    }

    boolean hasNoRoomFor(long bytes) {
      return bytes > 0 && now + bytes > limitBytes;
    }

    boolean isRefused() {
      return now > limitBytes && now > before;
    }
  }

  /**
   * Applies one write after those already decided and returns its change.
   *
   * @throws org.ostraka.model.error.ApiException as {@link ItemWrite#decide} does
   */
  public ItemChange decide(ItemWrite write) {
    ItemChange change = decided(write);
    return write
        .collection()
        .map(collection ->
            change.within(collection, growth(collection).add(write, change.collectionBytesDelta())))
        .orElse(change);
  }

  /**
   * Decides a write that does not count towards its collection when it is refused.
   *
   * @throws ItemCollectionSizeLimitExceededException when it makes its collection too large
   */
  ItemChange decideAlone(ItemWrite write) {
    ItemChange change = decided(write);
    Optional<ItemCollection> collection = write.collection();
    if (collection.isPresent()) {
      Growth growth = growth(collection.get());
      if (growth.hasNoRoomFor(change.collectionBytesDelta())) {
        throw new ItemCollectionSizeLimitExceededException();
      }
      change = change.within(collection.get(), growth.add(write, change.collectionBytesDelta()));
    }
    return change;
  }

  /**
   * Decides a write and holds room for its outcome. Without room it abandons the whole decision.
   */
  private ItemChange decided(ItemWrite write) {
    try {
      ItemChange change = write.decide(rows, allowance);
      write.capacity().requireRoomOfIndexes(change);
      hold(change.imageBytes(), change.rowBytes());
      return change;
    } catch (ConditionalCheckFailedException failure) {
      hold(failure.item().map(Item::storedBytes).orElse(0), 0);
      throw failure;
    }
  }

  private void hold(int image, long rows) {
    imageBytes += image;
    rowBytes += rows;
    allowance.holdDecided(imageBytes, rowBytes);
  }

  /**
   * Returns the units that a refused write costs: those of the larger of the stored item and the
   * one that was sent, when the write was refused because of the stored item ("Conditional writes"
   * in the Developer Guide; for inserts dynoxide's CHANGELOG, measured on the service).
   */
  double unitsOfRefused(ItemWrite write, ApiException refusal) {
    return switch (refusal) {
      case ConditionalCheckFailedException _, DuplicateItemException _ ->
          CapacityUnits.write(storedBytes(write.key()), write.sentBytes());
      default -> 0;
    };
  }

  private int storedBytes(RowKey key) {
    return rows.row(key).map(row -> ItemEncoding.sizeBytes(row.value())).orElse(0);
  }

  /**
   * Returns the writes to refuse: for each collection that ends above its limit, those that grew it
   * while it was above. Empty when all are allowed.
   */
  public Set<ItemWrite> refused() {
    if (collections.isEmpty()) {
      return Set.of();
    }
    Set<ItemWrite> refused = new HashSet<>();
    collections.values().stream()
        .filter(Growth::isRefused)
        .forEach(growth -> refused.addAll(growth.beyond));
    return refused;
  }

  private Growth growth(ItemCollection collection) {
    return collections.computeIfAbsent(
        collection.row(),
        row -> new Growth(collection.limitBytes(), ItemCollection.sizeBytes(rows.row(row))));
  }
}

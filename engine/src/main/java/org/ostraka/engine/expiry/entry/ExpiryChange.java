package org.ostraka.engine.expiry.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TimeToLive;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/** The change of the index of expiry times that follows from the change of an item. Stateless. */
public final class ExpiryChange {
  private ExpiryChange() {}

  /**
   * Returns the writes to the index; empty when the item's time stays the same, and when the
   * table's items do not expire.
   *
   * @param owner the item's own row
   */
  public static List<Write> of(
      TableUse table, RowKey owner, Optional<Item> before, Optional<Item> after) {
    Optional<TimeToLive> timeToLive = table.timeToLive().filter(TimeToLive::isEnabled);
    if (timeToLive.isEmpty()) {
      return List.of();
    }
    Optional<RowKey> old = before.flatMap(item -> row(timeToLive.get(), owner, item));
    Optional<RowKey> next = after.flatMap(item -> row(timeToLive.get(), owner, item));
    if (old.equals(next)) {
      return List.of();
    }
    List<Write> writes = new ArrayList<>();
    old.ifPresent(row -> writes.add(new Write.Derive(owner, row, Optional.empty())));
    next.ifPresent(row -> writes.add(write(owner, row, table.key(), after.get())));
    return writes;
  }

  /** Returns the row that the index should have of an item; empty when the item never expires. */
  public static Optional<RowKey> row(TimeToLive timeToLive, RowKey owner, Item item) {
    Space space = timeToLive.index().orElseThrow().space();
    return ExpiryTime.seconds(item, timeToLive.attributeName()).stream()
        .mapToObj(seconds -> ExpiryRow.of(space, owner, seconds))
        .findFirst();
  }

  /** Returns the write that adds an item to the index. */
  public static Write write(RowKey owner, RowKey row, TableKey key, Item item) {
    return new Write.Derive(owner, row, Optional.of(ExpiryRow.value(key, item)));
  }
}

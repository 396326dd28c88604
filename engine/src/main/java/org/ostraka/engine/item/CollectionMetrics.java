package org.ostraka.engine.item;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ItemCollectionMetrics;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.storage.RowKey;

/**
 * The item collections that writes affect, by the names that a request has for their tables. One
 * thread.
 */
public final class CollectionMetrics {
  private final Map<String, Set<ItemCollection>> tables = new LinkedHashMap<>();
  private final Map<RowKey, Long> sizesBytes = new HashMap<>();

  /**
   * Returns the metrics of the collection of a request's only write; null when the caller did not
   * ask for them, or the table does not measure its collections.
   */
  static @Nullable ItemCollectionMetrics answer(
      ReturnItemCollectionMetrics wish, ItemWrite write, ItemChange change) {
    return switch (wish) {
      case NONE -> null;
      case SIZE ->
          write
              .collection()
              .map(collection ->
                  new ItemCollectionMetrics(collection.key(), change.collectionBytes()))
              .orElse(null);
    };
  }

  /**
   * Adds a write. Writes are added in the order of the decision: the last one has the collection's
   * final size.
   */
  public void add(String table, ItemWrite write, ItemChange change) {
    write
        .collection()
        .ifPresent(collection -> {
          tables.computeIfAbsent(table, _ -> new LinkedHashSet<>()).add(collection);
          sizesBytes.put(collection.row(), change.collectionBytes());
        });
  }

  /**
   * Returns the metrics of the collections of all writes; null when the caller did not ask for
   * them, or there are no collections.
   */
  public @Nullable Map<String, List<ItemCollectionMetrics>> answer(
      ReturnItemCollectionMetrics wish) {
    if (wish == ReturnItemCollectionMetrics.NONE || tables.isEmpty()) {
      return null;
    }
    Map<String, List<ItemCollectionMetrics>> told = new LinkedHashMap<>();
    tables.forEach(
        (table, collections) -> told.put(table, collections.stream().map(this::metrics).toList()));
    return told;
  }

  private ItemCollectionMetrics metrics(ItemCollection collection) {
    return new ItemCollectionMetrics(
        collection.key(), Objects.requireNonNull(sizesBytes.get(collection.row())));
  }
}

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
 * The item collections that writes have to do with, by the names that a request has for their
 * tables. One thread.
 */
public final class CollectionMetrics {
  private final Map<String, Set<ItemCollection>> tables = new LinkedHashMap<>();
  private final Map<RowKey, Long> sizesBytes = new HashMap<>();

  /** Returns what a response shows of the only write's collection; null for nothing. */
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

  /** Adds a write, in the order of the decision: the last one knows the collection's size. */
  public void add(String table, ItemWrite write, ItemChange change) {
    write
        .collection()
        .ifPresent(collection -> {
          tables.computeIfAbsent(table, _ -> new LinkedHashSet<>()).add(collection);
          sizesBytes.put(collection.row(), change.collectionBytes());
        });
  }

  /** Returns what a response shows of the collections of all writes; null for nothing. */
  public @Nullable Map<String, List<ItemCollectionMetrics>> answer(ReturnItemCollectionMetrics wish) {
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

package org.ostraka.engine.index;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Index;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.Limits;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;

/**
 * Rules for when a table's global indexes may change. Stateless.
 *
 * <p>The texts are those that measured
 * (October 2026).
 */
public final class IndexUpdateRules {

  private IndexUpdateRules() {}

  /** Refuses updates that conflict with the table's present indexes. */
  public static void require(TableDescription table, IndexUpdates updates) {
    updates.deletes().forEach(name -> requireGlobal(table, name, "delete"));
    updates.throughputs().forEach(update -> requireGlobal(table, update.name(), "update"));
    updates.deletes().forEach(name -> refuseDeletion(table, global(table, name)));
    updates.throughputs().forEach(update -> refuseUpdate(table, global(table, update.name())));
    if (updates.addsOrRemoves()) {
      requireAlone(table, updates);
    }
    if (table.globalIndexes().size() + updates.creates().size() > Limits.GLOBAL_INDEXES) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of "
              + Limits.GLOBAL_INDEXES);
    }
  }

  /** Returns the table's indexes that are in the resource allocation phase of their creation. */
  public static List<String> allocating(TableDescription table) {
    return names(table, index -> index.status() == IndexStatus.CREATING && !index.isBackfilling());
  }

  /** Returns the table's indexes that are being created, in either phase. */
  public static List<String> coming(TableDescription table) {
    return names(table, index -> index.status() == IndexStatus.CREATING);
  }

  /** Returns the table's indexes that are being deleted. */
  public static List<String> going(TableDescription table) {
    return names(table, index -> index.status() == IndexStatus.DELETING);
  }

  /** Refuses to delete a table that has an index which is not ACTIVE. */
  public static void requireAtRest(TableDescription table) {
    if (table.globalIndexes().stream().anyMatch(index -> index.status() != IndexStatus.ACTIVE)) {
      throw ResourceInUseException.whileChanging(
          "Cannot delete table while indexes are being created, updated, or deleted.");
    }
  }

  /** Returns the global index of this name, which the table must have. */
  public static GlobalIndex global(TableDescription table, String name) {
    return table.globalIndexes().stream()
        .filter(index -> index.name().value().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("an unknown index was let through"));
  }

  private static void requireGlobal(TableDescription table, String name, String what) {
    Optional<Index> index = table.index(name);
    if (index.isEmpty()) {
      throw new ResourceNotFoundException(
          "Requested resource not found: Index " + name + " for table " + table.name());
    }
    if (index.get() instanceof LocalIndex) {
      throw new ValidationException(
          "Cannot " + what + " an index that is not a GlobalSecondaryIndex: " + name);
    }
  }

  private static void refuseDeletion(TableDescription table, GlobalIndex index) {
    switch (index.status()) {
      case CREATING -> {
        if (!index.isBackfilling()) {
          throw inUse(
              "Index creation is in resource allocation phase. Retry deletion during backfilling"
                  + " phase or when the index is active.",
              table,
              index);
        }
      }
      case UPDATING -> throw inUse("Index is being updated.", table, index);
      case DELETING -> throw inUse("Index is being deleted.", table, index);
      case ACTIVE -> {}
    }
  }

  private static void refuseUpdate(TableDescription table, GlobalIndex index) {
    switch (index.status()) {
      case CREATING -> {
        if (!index.isBackfilling()) {
          throw inUse("Index is being created but is not backfilling yet. ", table, index);
        }
      }
      case UPDATING -> throw inUse("Index is being updated.", table, index);
      case DELETING -> throw inUse("Index is being deleted.", table, index);
      case ACTIVE -> {}
    }
  }

  /**
   * Refuses to create or delete more than one index at a time; the index that is being created may
   * be deleted.
   */
  private static void requireAlone(TableDescription table, IndexUpdates updates) {
    boolean busy =
        Stream.concat(coming(table).stream(), going(table).stream())
            .anyMatch(name -> !updates.deletes().contains(name));
    if (busy || updates.creates().size() + updates.deletes().size() > 1) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
              + " per table");
    }
  }

  private static ResourceInUseException inUse(
      String why, TableDescription table, GlobalIndex index) {
    return ResourceInUseException.whileChanging(
        why + " Table: " + table.name() + " Index: " + index.name());
  }

  private static List<String> names(TableDescription table, Predicate<GlobalIndex> test) {
    return table.globalIndexes().stream().filter(test).map(index -> index.name().value()).toList();
  }
}

package org.ostraka.engine.index;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.NewIndex;

/**
 * The changes of a table's global indexes that one UpdateTable asks for. Immutable.
 *
 * @param creates indexes to add
 * @param throughputs indexes whose throughput changes
 * @param deletes names of indexes to remove
 */
public record IndexUpdates(
    List<NewIndex> creates, List<GlobalIndexUpdate.Throughput> throughputs, List<String> deletes) {

  /** No change of indexes. */
  public static final IndexUpdates NONE = new IndexUpdates(List.of(), List.of(), List.of());

  public IndexUpdates {
    creates = List.copyOf(creates);
    throughputs = List.copyOf(throughputs);
    deletes = List.copyOf(deletes);
  }

  /**
   * Returns the updates of a request. Each must do one thing, and to a different index.
   *
   * @throws ValidationException with the text that Q-160 measured, when one does not do exactly one
   *     thing
   */
  public static IndexUpdates of(List<GlobalIndexUpdate> updates) {
    updates.forEach(IndexUpdates::requireOneAction);
    IndexUpdates sorted =
        new IndexUpdates(
            updates.stream().map(GlobalIndexUpdate::create).filter(Objects::nonNull).toList(),
            updates.stream().map(GlobalIndexUpdate::update).filter(Objects::nonNull).toList(),
            updates.stream().map(GlobalIndexUpdate::delete).filter(Objects::nonNull).toList());
    Set<String> names = new HashSet<>();
    updates.stream()
        .map(IndexUpdates::name)
        .filter(name -> !names.add(name))
        .findFirst()
        .ifPresent(twice -> {
          throw ValidationException.ofParameters(
              "Only one global secondary index update per index is allowed simultaneously."
                  + " Index: "
                  + twice);
        });
    return sorted;
  }

  public boolean isEmpty() {
    return creates.isEmpty() && throughputs.isEmpty() && deletes.isEmpty();
  }

  /**
   * Returns whether indexes are created or deleted, which has more conditions than other changes.
   */
  public boolean addsOrRemoves() {
    return !creates.isEmpty() || !deletes.isEmpty();
  }

  private static void requireOneAction(GlobalIndexUpdate update) {
    long actions =
        Stream.of(update.create() != null, update.update() != null, update.delete() != null)
            .filter(Boolean::booleanValue)
            .count();
    if (actions == 0) {
      throw ValidationException.ofParameters(
          "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
              + " GlobalSecondaryIndexUpdate.Delete must not be null");
    }
    if (actions > 1) {
      throw ValidationException.ofParameters(
          "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate"
              + " object");
    }
  }

  private static String name(GlobalIndexUpdate update) {
    if (update.create() != null) {
      return update.create().name();
    }
    return update.update() != null
        ? update.update().name()
        : Objects.requireNonNull(update.delete());
  }
}

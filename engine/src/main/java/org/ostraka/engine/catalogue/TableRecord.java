package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ostraka.model.Index;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.storage.Space;

/**
 * What the catalogue stores of a table: how the table is, and how it will be. Immutable.
 *
 * @param spaces where the table has its rows
 * @param description how the table is until its transition is over
 * @param transition what the table is changing to, if it is changing
 * @param classUpdates when the table's class was changed within the last 30 days
 */
public record TableRecord(
    TableSpaces spaces,
    TableDescription description,
    Optional<Transition> transition,
    List<Instant> classUpdates) {
  public TableRecord {
    classUpdates = List.copyOf(classUpdates);
    if (spaces.collections().isPresent() == description.localIndexes().isEmpty()) {
      throw new IllegalArgumentException("a table has collections if it has local indexes");
    }
  }

  /** A new table. */
  public TableRecord(TableSpaces spaces, TableDescription description) {
    this(spaces, description, Optional.empty(), List.of());
  }

  /** Returns the space of the table's items. */
  public Space items() {
    return spaces.items();
  }

  /** Returns the space of the rows of each index. */
  public Map<IndexName, Space> indexes() {
    return spaces.indexes();
  }

  /** Returns the spaces of indexes that the table does not have any more. */
  public List<Space> discarded() {
    return spaces.discarded();
  }

  /** Returns the space of the sizes of item collections. */
  public Optional<Space> collections() {
    return spaces.collections();
  }

  /**
   * A change that takes time.
   *
   * @param due when it is over
   * @param after how the table is then; absent for a table that is gone
   */
  public record Transition(Instant due, Optional<TableDescription> after) {}

  /**
   * The record as of a moment: with its transition behind it when that is over; nothing for a table
   * that is gone.
   */
  Optional<TableRecord> at(Instant now) {
    return isOver(now)
        ? transition.flatMap(Transition::after).map(this::afterTransition)
        : Optional.of(this);
  }

  /** Whether the table was changing and is no more. */
  boolean isOver(Instant now) {
    return transition.filter(under -> !now.isBefore(under.due())).isPresent();
  }

  /** The same table after its transition, without the rows of indexes that it took away. */
  private TableRecord afterTransition(TableDescription after) {
    Set<IndexName> names = new HashSet<>(after.indexes().stream().map(Index::name).toList());
    Map<IndexName, Space> kept = new HashMap<>(indexes());
    kept.keySet().retainAll(names);
    List<Space> gone = new ArrayList<>(discarded());
    indexes()
        .forEach((name, space) -> {
          if (!names.contains(name)) {
            gone.add(space);
          }
        });
    return new TableRecord(spaces.withIndexes(kept, gone), after, Optional.empty(), classUpdates);
  }

  /**
   * The same table with a change under way. What is under way already ends together with it.
   *
   * @param due when it is over
   */
  public TableRecord changing(Effect effect, Instant due) {
    TableDescription end = transition.flatMap(Transition::after).orElse(description);
    return with(
        effect.meanwhile().apply(description),
        Optional.of(new Transition(due, Optional.of(effect.after().apply(end)))));
  }

  /** Returns whether an index is being added to the table. */
  boolean isBuilding() {
    return isBuilding(description);
  }

  /** Returns whether an index is being added to the table, now or once its transition is over. */
  boolean mayBuild() {
    return isBuilding()
        || transition.flatMap(Transition::after).filter(TableRecord::isBuilding).isPresent();
  }

  private static boolean isBuilding(TableDescription table) {
    return table.globalIndexes().stream().anyMatch(index -> index.backfilling().isPresent());
  }

  /** The same table on its way out. */
  public TableRecord vanishing(Instant due) {
    return with(
        description.withStatus(TableStatus.DELETING),
        Optional.of(new Transition(due, Optional.empty())));
  }

  /** The same table with another description, now and after a change that is under way. */
  public TableRecord with(UnaryOperator<TableDescription> change) {
    return with(
        change.apply(description),
        transition.map(under -> new Transition(under.due(), under.after().map(change))));
  }

  /** Returns the table with a space for one more index. */
  public TableRecord withIndex(IndexName name, Space space) {
    return with(spaces.withIndex(name, space));
  }

  /** Returns the table after spaces of discarded indexes were dropped. */
  TableRecord withoutDiscarded(Collection<Space> dropped) {
    List<Space> left = discarded().stream().filter(space -> !dropped.contains(space)).toList();
    return with(spaces.withIndexes(indexes(), left));
  }

  /** Returns the table with tombstones for its deletions from now on, or without. */
  public TableRecord withTombstones(Optional<Space> space) {
    return with(spaces.withTombstones(space));
  }

  /** Returns the table with a log of the changes of its items from now on, or without. */
  public TableRecord withChanges(Optional<ChangeLog> log) {
    return with(spaces.withChanges(log));
  }

  public TableRecord withClassUpdates(List<Instant> updates) {
    return new TableRecord(spaces, description, transition, updates);
  }

  public TableRecord with(TableSpaces next) {
    return new TableRecord(next, description, transition, classUpdates);
  }

  private TableRecord with(TableDescription description, Optional<Transition> transition) {
    return new TableRecord(spaces, description, transition, classUpdates);
  }
}

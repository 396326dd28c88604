package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ostraka.model.Index;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.storage.Space;

/**
 * What the catalogue keeps of a table: how it is, and how it will be. Immutable.
 *
 * @param items where the table's items lie
 * @param indexes where the rows of each index lie
 * @param discarded where rows of indexes lie that the table has no more
 * @param collections where the sizes of item collections lie; only tables with local indexes have
 *     such
 * @param description how the table is until its transition is over
 * @param transition what the table is changing to, if it is changing
 * @param classUpdates when the table's class was changed within the last 30 days
 */
public record TableRecord(
    Space items,
    Map<IndexName, Space> indexes,
    List<Space> discarded,
    Optional<Space> collections,
    TableDescription description,
    Optional<Transition> transition,
    List<Instant> classUpdates) {
  public TableRecord {
    indexes = Map.copyOf(indexes);
    discarded = List.copyOf(discarded);
    classUpdates = List.copyOf(classUpdates);
    if (collections.isPresent() == description.localIndexes().isEmpty()) {
      throw new IllegalArgumentException("a table has collections if it has local indexes");
    }
  }

  /** A new table. */
  public TableRecord(
      Space items,
      Map<IndexName, Space> indexes,
      Optional<Space> collections,
      TableDescription description) {
    this(items, indexes, List.of(), collections, description, Optional.empty(), List.of());
  }

  /** All spaces in which the table has rows. */
  List<Space> spaces() {
    return Stream.of(List.of(items), indexes.values(), discarded, collections.stream().toList())
        .flatMap(each -> each.stream())
        .toList();
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
        ? transition.flatMap(Transition::after).map(this::settled)
        : Optional.of(this);
  }

  /** Whether the table was changing and is no more. */
  boolean isOver(Instant now) {
    return transition.filter(under -> !now.isBefore(under.due())).isPresent();
  }

  /** The same table after its transition, without the rows of indexes that it took away. */
  private TableRecord settled(TableDescription after) {
    Set<IndexName> names = new HashSet<>(after.indexes().stream().map(Index::name).toList());
    Map<IndexName, Space> kept = new HashMap<>(indexes);
    kept.keySet().retainAll(names);
    List<Space> gone = new ArrayList<>(discarded);
    indexes.forEach((name, space) -> {
      if (!names.contains(name)) {
        gone.add(space);
      }
    });
    return new TableRecord(items, kept, gone, collections, after, Optional.empty(), classUpdates);
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

  /** Whether an index is being added to the table. */
  boolean isBuilding() {
    return description.globalIndexes().stream().anyMatch(index -> index.backfilling().isPresent());
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

  /** The same table with room for another index. */
  public TableRecord withIndex(IndexName name, Space space) {
    Map<IndexName, Space> more = new HashMap<>(indexes);
    more.put(name, space);
    return new TableRecord(
        items, more, discarded, collections, description, transition, classUpdates);
  }

  /** The same table once the rows of the indexes that it has no more are gone. */
  TableRecord withoutDiscarded() {
    return new TableRecord(
        items, indexes, List.of(), collections, description, transition, classUpdates);
  }

  public TableRecord withClassUpdates(List<Instant> updates) {
    return new TableRecord(
        items, indexes, discarded, collections, description, transition, updates);
  }

  private TableRecord with(TableDescription description, Optional<Transition> transition) {
    return new TableRecord(
        items, indexes, discarded, collections, description, transition, classUpdates);
  }
}

package org.ostraka.engine.table;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.storage.Space;

/**
 * What the catalogue keeps of a table: how it is, and how it will be. Immutable.
 *
 * @param items where the table's items lie
 * @param indexes where the rows of each index lie
 * @param description how the table is until its transition is over
 * @param transition what the table is changing to, if it is changing
 * @param classUpdates when the table's class was changed within the last 30 days
 */
record TableRecord(
    Space items,
    Map<IndexName, Space> indexes,
    TableDescription description,
    Optional<Transition> transition,
    List<Instant> classUpdates) {
  TableRecord {
    indexes = Map.copyOf(indexes);
    classUpdates = List.copyOf(classUpdates);
  }

  /** All spaces in which the table has rows. */
  List<Space> spaces() {
    return Stream.concat(Stream.of(items), indexes.values().stream()).toList();
  }

  /**
   * A change that takes time.
   *
   * @param due when it is over
   * @param after how the table is then; absent for a table that is gone
   */
  record Transition(Instant due, Optional<TableDescription> after) {}

  /**
   * The record as of a moment: with its transition behind it when that is over; nothing for a table
   * that is gone.
   */
  Optional<TableRecord> at(Instant now) {
    if (transition.isEmpty() || now.isBefore(transition.get().due())) {
      return Optional.of(this);
    }
    return transition
        .get()
        .after()
        .map(after -> new TableRecord(items, indexes, after, Optional.empty(), classUpdates));
  }

  /**
   * The same table, which shows {@code meanwhile} until {@code due} and {@code after} from then on.
   */
  TableRecord becoming(TableDescription meanwhile, Instant due, TableDescription after) {
    return new TableRecord(
        items,
        indexes,
        meanwhile,
        Optional.of(new Transition(due, Optional.of(after))),
        classUpdates);
  }

  /** The same table on its way out. */
  TableRecord vanishing(Instant due) {
    return new TableRecord(
        items,
        indexes,
        description.withStatus(TableStatus.DELETING),
        Optional.of(new Transition(due, Optional.empty())),
        classUpdates);
  }

  /** The same table with another description, now and after a change that is under way. */
  TableRecord with(UnaryOperator<TableDescription> change) {
    return new TableRecord(
        items,
        indexes,
        change.apply(description),
        transition.map(under -> new Transition(under.due(), under.after().map(change))),
        classUpdates);
  }

  TableRecord withClassUpdates(List<Instant> updates) {
    return new TableRecord(items, indexes, description, transition, updates);
  }
}

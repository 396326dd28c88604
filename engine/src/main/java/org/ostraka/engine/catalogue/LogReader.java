package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;

/**
 * A reader of the changes of a table, and how far it has come. It reads each shard from its cursor
 * on, and a child shard after its parent. Immutable.
 *
 * @param table the tables of this name, which may be deleted and created again
 * @param name tells the reader from the table's other readers
 * @param streamsOnly whether it reads only shards that a stream shows
 * @param from the first shard that it reads: shards are numbered in the order of their opening
 * @param cursors the last position that was delivered, for each shard that has one
 * @param finished closed shards of which everything was delivered
 * @param losses the shards that were removed before they were delivered
 * @param copy how far the copy of what was there before has come, if there is one
 */
public record LogReader(
    TableArn table,
    String name,
    boolean streamsOnly,
    Space from,
    Map<Space, Position> cursors,
    Set<Space> finished,
    Losses losses,
    Optional<CopyPlace> copy) {
  public LogReader {
    cursors = Map.copyOf(cursors);
    finished = Set.copyOf(finished);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a reader has a name");
    }
  }

  /** Returns whether the reader has still to read a shard, or what will be added to it. */
  public boolean needs(LogHistory.Shard shard) {
    return shard.space().id() >= from.id()
        && !finished.contains(shard.space())
        && (!streamsOnly || shard.stream().isPresent());
  }

  /** Returns the last position of a shard that was delivered. */
  public Position cursor(Space shard) {
    return cursors.getOrDefault(shard, Position.START);
  }

  /** Returns the shards that can be read now: those whose parents have nothing left to read. */
  public List<LogHistory.Shard> readable(LogHistory history) {
    Set<Space> needed =
        history.shards().stream()
            .filter(this::needs)
            .map(LogHistory.Shard::space)
            .collect(Collectors.toSet());
    return history.shards().stream()
        .filter(shard ->
            needed.contains(shard.space()) && shard.parent().filter(needed::contains).isEmpty())
        .toList();
  }

  /** Returns the reader after a delivery. A cursor never moves back. */
  public LogReader delivered(Space shard, Position upTo) {
    if (upTo.compareTo(cursor(shard)) <= 0) {
      return this;
    }
    Map<Space, Position> moved = new HashMap<>(cursors);
    moved.put(shard, upTo);
    return new LogReader(table, name, streamsOnly, from, moved, finished, losses, copy);
  }

  /** Returns the reader after it has read a closed shard to its end. */
  public LogReader finished(Space shard) {
    Set<Space> more = new HashSet<>(finished);
    more.add(shard);
    Map<Space, Position> rest = new HashMap<>(cursors);
    rest.remove(shard);
    return new LogReader(table, name, streamsOnly, from, rest, more, losses, copy);
  }

  /** Returns the reader without what it knows of shards that no longer exist. */
  public LogReader within(LogHistory history) {
    Set<Space> known =
        history.shards().stream().map(LogHistory.Shard::space).collect(Collectors.toSet());
    Map<Space, Position> keptCursors = new HashMap<>(cursors);
    keptCursors.keySet().retainAll(known);
    Set<Space> keptFinished = new HashSet<>(finished);
    keptFinished.retainAll(known);
    return new LogReader(table, name, streamsOnly, from, keptCursors, keptFinished, losses, copy);
  }

  /** Returns the reader with other losses. */
  public LogReader with(Losses now) {
    return new LogReader(table, name, streamsOnly, from, cursors, finished, now, copy);
  }

  /** Returns the reader with another place of its copy. */
  public LogReader withCopy(Optional<CopyPlace> place) {
    return new LogReader(table, name, streamsOnly, from, cursors, finished, losses, place);
  }

  /**
   * How many shards were removed before they were delivered. Immutable.
   *
   * @param all those that were removed
   * @param told those of which the reader was told
   */
  public record Losses(long all, long told) {
    public static final Losses NONE = new Losses(0, 0);

    /** Returns whether the reader has still to be told. */
    public boolean areUntold() {
      return told < all;
    }

    /** Returns the losses with one more. */
    public Losses more() {
      return new Losses(all + 1, told);
    }

    /** Returns the losses after the reader was told of those that were known at some time. */
    public Losses told(Losses known) {
      return new Losses(all, Math.max(told, known.all));
    }
  }

  /** Where a new reader begins. */
  public enum Start {
    /** With the oldest changes that are kept. */
    OLDEST,
    /** With the next change. */
    NEWEST,
    /** With the shards that will be opened next. */
    NEXT_SHARDS
  }
}

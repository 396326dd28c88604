package org.ostraka.engine.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;

/**
 * What is archived of a table: bases, and the changes since the first of them began. A backup is
 * the state of a chain at one stamp. Immutable.
 *
 * @param table the table; its name may belong to another table by now
 * @param tableId the id of the table
 * @param isContinuous whether it is for recovery to any point in time; otherwise for one backup
 * @param since the time from which on it has all changes
 * @param firstShard the first shard of the table's log that has both images of all changes
 * @param bases the bases, older ones first
 * @param nextSegment the number of the next segment
 * @param changesSinceBase the bytes of changes that were archived since the newest base was cut
 * @param complete the stamp up to which all changes are archived
 */
record Chain(
    UUID id,
    TableArn table,
    UUID tableId,
    boolean isContinuous,
    Instant since,
    Space firstShard,
    List<Base> bases,
    long nextSegment,
    long changesSinceBase,
    Stamp complete) {
  private static final String READER = "archive/";

  Chain {
    bases = List.copyOf(bases);
  }

  static Chain begin(
      UUID id,
      TableArn table,
      UUID tableId,
      boolean isContinuous,
      Instant since,
      Space firstShard) {
    return new Chain(
        id,
        table,
        tableId,
        isContinuous,
        since,
        firstShard,
        List.of(Base.begin(0, 0)),
        0,
        0,
        Stamp.ZERO);
  }

  /** Returns the name of the reader that reads the table's changes for this chain. */
  String reader() {
    return READER + id;
  }

  static boolean isReader(String name) {
    return name.startsWith(READER);
  }

  /** Returns the newest base, which may be incomplete. */
  Base newest() {
    return bases.getLast();
  }

  /** Returns the first stamp of which the chain has a whole base; empty while it has none. */
  Optional<Stamp> firstCut() {
    return bases.getFirst().cut();
  }

  /**
   * Returns the best base for the state at a stamp: the newest that was cut by then, or else the
   * first one. Empty while none is complete.
   */
  Optional<Base> baseFor(Stamp stamp) {
    return bases.stream()
        .filter(base -> base.cut().filter(cut -> cut.compareTo(stamp) <= 0).isPresent())
        .max(Comparator.comparingInt(Base::number))
        .or(() -> Optional.of(bases.getFirst()).filter(base -> base.cut().isPresent()));
  }

  /** Returns the chain with another newest base, and perhaps with one more segment. */
  Chain withNewest(Base base, int moreSegments) {
    List<Base> next = new ArrayList<>(bases.subList(0, bases.size() - 1));
    next.add(base);
    return with(
        next, nextSegment + moreSegments, base.cut().isPresent() ? 0 : changesSinceBase, complete);
  }

  Chain withNewBase() {
    List<Base> next = new ArrayList<>(bases);
    next.add(Base.begin(newest().number() + 1, nextSegment));
    return with(next, nextSegment, changesSinceBase, complete);
  }

  /** Returns the chain without bases that no time of its window needs. */
  Chain withoutBasesBefore(Base oldest) {
    return with(
        bases.stream().filter(base -> base.number() >= oldest.number()).toList(),
        nextSegment,
        changesSinceBase,
        complete);
  }

  /** Returns the chain that has changes only from a time on, so that it needs a new base. */
  Chain startingAgain(Instant now) {
    return new Chain(
        id,
        table,
        tableId,
        isContinuous,
        now,
        firstShard,
        List.of(Base.begin(newest().number() + 1, nextSegment)),
        nextSegment,
        0,
        complete);
  }

  /** Returns the chain with one more segment of changes. */
  Chain withChanges(long bytes) {
    return with(bases, nextSegment + 1, changesSinceBase + bytes, complete);
  }

  /** Returns the chain that has all changes up to a stamp. */
  Chain completeTo(Stamp stamp) {
    return stamp.compareTo(complete) <= 0
        ? this
        : with(bases, nextSegment, changesSinceBase, stamp);
  }

  private Chain with(List<Base> nextBases, long segment, long bytes, Stamp completeTo) {
    return new Chain(
        id, table, tableId, isContinuous, since, firstShard, nextBases, segment, bytes, completeTo);
  }
}

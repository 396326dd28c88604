package org.ostraka.delivery.region;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;

/**
 * The changes of one shard that wait to be sent, as they were counted last. The next count reads
 * what was appended since, and the piece in which the cursor is now: records do not come before
 * positions that were read (see {@link org.ostraka.storage.Store#readLog}). Immutable.
 *
 * @param pieces consecutive pieces of the log, of which each was counted
 */
record PendingChanges(List<Piece> pieces) {
  /** Nothing was counted yet. */
  static final PendingChanges NONE = new PendingChanges(List.of());

  /** Records of a piece, at most. The log is read in pages of so many. */
  static final int PIECE_RECORDS = 1_000;

  /** Pages that one count reads behind what is counted, at most; the next count goes on there. */
  static final int MAX_PAGES = 100;

  /** Pieces that are kept, at most: what comes behind them is not counted yet. */
  static final int MAX_PIECES = 1_000;

  PendingChanges {
    pieces = List.copyOf(pieces);
  }

  /** A shard's log. Any thread. */
  interface Log {
    /** Returns records after a position; those that are kept when some were trimmed. */
    LogPage after(Position position);

    /** Returns the position after which all records are kept. */
    Position oldest();
  }

  /**
   * A part of the log.
   *
   * @param after the position before the first record
   * @param upTo the position of the last record
   * @param records the number of records
   * @param changes the number of those among them that have to be sent
   */
  record Piece(Position after, Position upTo, int records, int changes) {
    private static Piece of(Position after, LogPage page, Origin own) {
      return new Piece(after, page.next(), page.records().size(), own(page.records(), own));
    }

    private Piece and(Piece next) {
      return new Piece(after, next.upTo, records + next.records, changes + next.changes);
    }
  }

  private static int own(List<LogRecord> records, Origin own) {
    return (int) records.stream().filter(record -> record.version().origin().equals(own)).count();
  }

  /** Returns the number of the changes. */
  long changes() {
    return pieces.stream().mapToLong(Piece::changes).sum();
  }

  /**
   * Counts again.
   *
   * @param cursor the position up to which everything was sent
   * @param own the origin of the changes that have to be sent
   * @param enough the number of changes at which counting ends
   */
  PendingChanges counted(Log log, Position cursor, Origin own, long enough) {
    Deque<Piece> counted = rest(log, cursor, own);
    Position after = counted.isEmpty() ? cursor : counted.getLast().upTo();
    long found = counted.stream().mapToLong(Piece::changes).sum();
    for (int i = 0; i < MAX_PAGES && found < enough && counted.size() < MAX_PIECES; i++) {
      LogPage page = log.after(after);
      if (page.records().isEmpty()) {
        break;
      }
      Piece next = Piece.of(after, page, own);
      add(counted, next);
      found += next.changes();
      after = next.upTo();
    }
    return new PendingChanges(List.copyOf(counted));
  }

  private static void add(Deque<Piece> counted, Piece next) {
    boolean fits =
        !counted.isEmpty() && counted.getLast().records() + next.records() <= PIECE_RECORDS;
    counted.add(fits ? counted.removeLast().and(next) : next);
  }

  /** Returns the pieces of what was counted before and is not sent, or trimmed, since. */
  private Deque<Piece> rest(Log log, Position cursor, Origin own) {
    Deque<Piece> rest = new ArrayDeque<>();
    if (pieces.isEmpty() || cursor.compareTo(pieces.getLast().upTo()) >= 0) {
      return rest;
    }
    Position oldest = log.oldest();
    Position from = oldest.compareTo(cursor) > 0 ? oldest : cursor;
    if (from.compareTo(pieces.getFirst().after()) < 0) {
      return rest; // another reader of this name has begun before what was counted
    }
    for (Piece piece : pieces) {
      if (piece.after().compareTo(from) >= 0) {
        rest.add(piece);
      } else if (piece.upTo().compareTo(from) > 0) {
        rest.add(part(log, from, piece.upTo(), own));
      }
    }
    return rest;
  }

  /** Counts the part of a piece that is not sent yet. */
  private static Piece part(Log log, Position from, Position upTo, Origin own) {
    int records = 0;
    int changes = 0;
    Position after = from;
    while (after.compareTo(upTo) < 0) {
      List<LogRecord> within =
          log.after(after).records().stream()
              .filter(record -> record.position().compareTo(upTo) <= 0)
              .toList();
      if (within.isEmpty()) {
        break; // the rest was trimmed meanwhile
      }
      records += within.size();
      changes += own(within, own);
      after = within.getLast().position();
    }
    return new Piece(from, upTo, records, changes);
  }
}

package org.ostraka.storage.postgresql;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Origin;
import org.ostraka.storage.OutcomeUnknownException;

/** What one decision wants to commit, and what became of it. One thread at a time. */
final class Commit {
  private final DecisionWrites writes;
  private final Origin origin;
  private final List<DeclaredRows.Seen> seen;
  private final List<RowLock> locks;
  private @Nullable Outcome outcome;

  /** What became of the writes of a decision. */
  sealed interface Outcome {
    /** They are durable. */
    record Committed() implements Outcome {}

    /** Nothing was written: a row had another version than was seen, or the database was busy. */
    record Again() implements Outcome {}

    /** Nothing was written, and would not be if the decision ran again. */
    record Failed(SQLException failure) implements Outcome {}

    /** The connection was lost, and the database cannot be asked. */
    record Unknown(OutcomeUnknownException failure) implements Outcome {}
  }

  Commit(DeclaredRows declared, DecisionWrites writes, Origin origin) {
    this.writes = writes;
    this.origin = origin;
    this.seen = declared.seen();
    this.locks = declared.locks(writes::writes);
  }

  DecisionWrites writes() {
    return writes;
  }

  Origin origin() {
    return origin;
  }

  /** Returns the versions on which the decision rests. */
  List<DeclaredRows.Seen> seen() {
    return seen;
  }

  List<RowLock> locks() {
    return locks;
  }

  void become(Outcome next) {
    outcome = next;
  }

  Outcome outcome() {
    Outcome known = outcome;
    if (known == null) {
      throw new IllegalStateException("the decision was not carried out");
    }
    return known;
  }
}

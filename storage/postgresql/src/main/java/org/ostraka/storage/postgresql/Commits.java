package org.ostraka.storage.postgresql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.OutcomeUnknownException;

/**
 * Commits the writes of decisions. Decisions that wait at the same time are committed in one
 * transaction, but each is judged by itself: one whose rows have changed is refused alone, and when
 * the database refuses the whole group for what one of them may have done, each is tried alone. Any
 * thread.
 */
final class Commits {
  /** Transactions at the same time. */
  private static final int TRANSACTIONS = 2;

  private static final int MAX_DECISIONS = 64;

  /** The most locks of a group: they take places in a table that all sessions share. */
  private static final int MAX_LOCKS = 256;

  private static final long MAX_BYTES = 4L << 20;

  private final Connections connections;
  private final Callers callers;
  private final Grouping<Commit> grouping = new Grouping<>(TRANSACTIONS, Group::new);

  Commits(Connections connections, Callers callers) {
    this.connections = connections;
    this.callers = callers;
  }

  /** Commits the writes of a decision, if the rows are as it saw them. */
  Commit.Outcome commit(Commit commit) {
    grouping.run(commit);
    return commit.outcome();
  }

  /** Commits decisions together, none of which writes a row that another one rests on. */
  void commitTogether(List<Commit> commits) {
    new Transaction(commits).carryOut();
  }

  /** Decisions that are committed together. One thread. */
  private final class Group implements Grouping.Group<Commit> {
    private final List<Commit> members = new ArrayList<>();
    private final Map<Long, Boolean> locks = new HashMap<>();
    private long bytes;

    @Override
    public boolean takes(Commit commit) {
      boolean hasRoom = members.isEmpty() || hasRoomFor(commit);
      if (hasRoom) {
        members.add(commit);
        bytes += commit.writes().bytes();
        commit.locks().forEach(lock -> locks.put(lock.number(), lock.isShared()));
      }
      return hasRoom;
    }

    /**
     * Returns whether there is room. A decision that writes a row which another one rests on is no
     * member of its group: all of a group see the rows as they were before it.
     */
    private boolean hasRoomFor(Commit commit) {
      return members.size() < MAX_DECISIONS
          && bytes + commit.writes().bytes() <= MAX_BYTES
          && locks.size() + commit.locks().size() <= MAX_LOCKS
          && commit.locks().stream()
              .allMatch(lock ->
                  lock.isShared()
                      ? locks.getOrDefault(lock.number(), true)
                      : !locks.containsKey(lock.number()));
    }

    @Override
    public void carryOut() {
      commitTogether(members);
    }
  }

  /** One attempt to commit some decisions. One thread. */
  private final class Transaction {
    private final List<Commit> members;
    private Callers.@Nullable Caller caller;

    Transaction(List<Commit> members) {
      this.members = members;
    }

    void carryOut() {
      try {
        settle(
            connections.with(connection -> {
              Callers.Caller taken = callers.take(connection);
              caller = taken;
              Set<Integer> refused = CommitStatement.run(connection, taken, members);
              callers.giveBack(taken);
              return refused;
            }));
      } catch (SQLException failure) {
        after(failure);
      }
    }

    private void settle(Set<Integer> refused) {
      for (int i = 0; i < members.size(); i++) {
        members
            .get(i)
            .become(
                refused.contains(i + 1)
                    ? new Commit.Outcome.Again()
                    : new Commit.Outcome.Committed());
      }
    }

    private void after(SQLException failure) {
      // What interrupted this thread may have been what closed the connection.
      boolean isInterrupted = Thread.interrupted();
      try {
        resolve(failure);
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private void resolve(SQLException failure) {
      Callers.Caller taken = caller;
      if (taken == null) {
        members.forEach(member -> member.become(refusal(failure)));
      } else if (!SqlFailures.isRefusal(failure)) {
        findOut(taken);
      } else {
        refused(taken, failure);
      }
    }

    private void refused(Callers.Caller taken, SQLException failure) {
      if (!SqlFailures.isFenced(failure)) {
        callers.giveBack(taken);
      }
      if (members.size() > 1 && SqlFailures.mayBeOneDecisions(failure)) {
        members.forEach(member -> new Transaction(List.of(member)).carryOut());
      } else {
        members.forEach(member -> member.become(refusal(failure)));
      }
    }

    /** Asks what became of a transaction whose connection was lost. */
    private void findOut(Callers.Caller taken) {
      try {
        Optional<Set<Integer>> refused = callers.committed(taken);
        if (refused.isPresent()) {
          settle(refused.get());
        } else {
          members.forEach(member -> member.become(new Commit.Outcome.Again()));
        }
      } catch (OutcomeUnknownException unknown) {
        members.forEach(member -> member.become(new Commit.Outcome.Unknown(unknown)));
      }
    }
  }

  private static Commit.Outcome refusal(SQLException failure) {
    return SqlFailures.isPassing(failure) || SqlFailures.isFenced(failure)
        ? new Commit.Outcome.Again()
        : new Commit.Outcome.Failed(failure);
  }
}

package org.ostraka.voting.audit;

import java.util.List;
import java.util.Optional;
import org.ostraka.voting.election.VoteTable;

/**
 * The audit logs and the publications of their roots, as one region has them. Any thread.
 *
 * @param counts the table with the logs
 */
public record AuditLogs(VoteTable counts, String region) {

  /** Returns a log with all of its entries. */
  public ReadLog read(LogId log) {
    return ReadLog.of(log, counts.readAll(region, log.partition()));
  }

  /** Returns the head of a log. */
  LogHead head(LogId log) {
    return counts
        .readLast(region, log.partition())
        .map(row -> Segment.of(log, row).head())
        .orElseGet(() -> LogHead.start(log));
  }

  /** Returns all publications for a region of an election, the first one first. */
  public List<Roots.Signed> publications(String election, String of) {
    return counts.readAll(region, Roots.partition(election, of)).stream()
        .map(row -> Roots.of(election, of, row))
        .toList();
  }

  /** Returns the last publication; empty when there is none yet. */
  public Optional<Roots.Signed> lastPublication(String election, String of) {
    return counts
        .readLast(region, Roots.partition(election, of))
        .map(row -> Roots.of(election, of, row));
  }
}

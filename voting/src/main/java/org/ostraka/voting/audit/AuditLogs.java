package org.ostraka.voting.audit;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

  /**
   * Returns where a log is continued. Rows that cannot be read are passed over; the audit names
   * them.
   */
  public LogEnd end(LogId log) {
    List<String> unreadable = new ArrayList<>();
    for (Map<String, AttributeValue> row : counts.readBackwards(region, log.partition())) {
      try {
        return new LogEnd(Segment.of(log, row).head(), unreadable);
      } catch (IllegalArgumentException malformed) {
        unreadable.add(Attributes.text(row, Keys.SORT));
      }
    }
    return new LogEnd(LogHead.start(log), unreadable);
  }

  /**
   * Returns all publications for a region of an election that can be read, the first one first.
   * They are read while the stream is consumed: a large election has gigabytes of them.
   *
   * @param unreadable takes the sort keys of the others
   */
  public Stream<Roots.Signed> publications(
      String election, String of, Consumer<String> unreadable) {
    return counts
        .readForwards(region, Roots.partition(election, of))
        .flatMap(row -> {
          Optional<Roots.Signed> publication = readable(election, of, row);
          if (publication.isEmpty()) {
            unreadable.accept(Attributes.text(row, Keys.SORT));
          }
          return publication.stream();
        });
  }

  /**
   * Returns the last publication that was signed with a key; empty when there is none yet. Others
   * are passed over; the audit names them.
   */
  public Optional<Roots.Signed> lastPublication(String election, String of, PublicKey by) {
    return latest(election, of, by).last();
  }

  /** Returns the publication with a number; empty when a key has not signed one. */
  public Optional<Roots.Signed> publication(String election, String of, long number, PublicKey by) {
    Map<String, AttributeValue> key =
        Map.of(
            Keys.PARTITION,
            Attributes.of(Roots.partition(election, of)),
            Keys.SORT,
            Attributes.of(Roots.sortKey(number)));
    return counts
        .read(region, key)
        .flatMap(row -> readable(election, of, row))
        .filter(signed -> signed.isSigned(by));
  }

  /** The last publication, and the first number after it that no row has. */
  record Latest(Optional<Roots.Signed> last, long next) {}

  /**
   * Returns the last publication that was signed with a key, and the next number. Both come from
   * one pass over the rows, the last row first: a publication that another publisher adds meanwhile
   * has this number, so a second one cannot be added.
   */
  Latest latest(String election, String of, PublicKey by) {
    Set<String> taken = new HashSet<>();
    for (Map<String, AttributeValue> row :
        counts.readBackwards(region, Roots.partition(election, of))) {
      Optional<Roots.Signed> signed = readable(election, of, row).filter(it -> it.isSigned(by));
      if (signed.isPresent()) {
        return new Latest(signed, firstFree(signed.get().roots().number() + 1, taken));
      }
      boolean _ = taken.add(Attributes.text(row, Keys.SORT));
    }
    return new Latest(Optional.empty(), firstFree(1, taken));
  }

  /** Returns the first number that no row has. A forged row takes its own number and no other. */
  private static long firstFree(long from, Set<String> taken) {
    long number = from;
    while (taken.contains(Roots.sortKey(number))) {
      number++;
    }
    return number;
  }

  private static Optional<Roots.Signed> readable(
      String election, String of, Map<String, AttributeValue> row) {
    try {
      return Optional.of(Roots.of(election, of, row));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}

package org.ostraka.voting.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An audit log as it was read, and whether it holds together. Immutable.
 *
 * @param entries up to the first damage
 * @param damage what is wrong with it; empty when its chain and its tree are those of its entries
 */
public record ReadLog(LogId log, List<Entry> entries, LogHead head, Optional<String> damage) {

  public ReadLog {
    entries = List.copyOf(entries);
  }

  /** Follows the chain through the segments. */
  static ReadLog of(LogId log, List<Map<String, AttributeValue>> segments) {
    List<Entry> entries = new ArrayList<>();
    LogHead head = LogHead.start(log);
    Optional<String> unreadable = Optional.empty();
    for (Map<String, AttributeValue> row : segments) {
      Segment segment;
      try {
        segment = Segment.of(log, row);
      } catch (IllegalArgumentException malformed) {
        // Who forges a row must not hide what follows it.
        String sort = Attributes.text(row, Keys.SORT);
        unreadable = unreadable.or(() -> Optional.of("row " + sort + " cannot be read"));
        continue;
      }
      if (segment.first() != head.size()) {
        long last = segment.first() - 1;
        return damaged(
            log, entries, head, "records " + head.size() + " to " + last + " are missing");
      }
      LogHead next = head.after(segment.entries());
      if (!next.equals(segment.head())) {
        return damaged(
            log,
            entries,
            head,
            "records %d to %d are not those that were chained"
                .formatted(head.size(), segment.head().size() - 1));
      }
      entries.addAll(segment.entries());
      head = next;
    }
    return new ReadLog(log, entries, head, unreadable);
  }

  private static ReadLog damaged(LogId log, List<Entry> entries, LogHead head, String damage) {
    return new ReadLog(log, entries, head, Optional.of(damage));
  }

  /** Returns the Merkle tree over the entries. */
  public MerkleTree tree() {
    return new MerkleTree(entries.stream().map(Entry::leaf).toList());
  }
}

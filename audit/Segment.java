package org.ostraka.voting.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Entries that were appended to an audit log together: one row, which is never changed. Immutable.
 *
 * @param first the index of the first entry
 * @param head the end of the log with these entries
 */
public record Segment(LogId log, long first, List<Entry> entries, LogHead head) {
  private static final String ENTRIES = "entries";
  private static final String CHAIN = "chain";
  private static final String SIZE = "size";
  private static final String FRONTIER = "frontier";
  private static final String SORT = "SEGMENT#";

  public Segment {
    entries = List.copyOf(entries);
  }

  /** Makes the segment that continues a log. */
  public static Segment after(LogId log, LogHead before, List<Entry> entries) {
    return new Segment(log, before.size(), entries, before.after(entries));
  }

  /**
   * Reads a segment.
   *
   * @throws IllegalArgumentException if an entry of it or its head is none
   */
  public static Segment of(LogId log, Map<String, AttributeValue> row) {
    List<Hash> roots =
        Attributes.attribute(row, FRONTIER).l().stream()
            .map(root -> Hash.of(root.b().asByteArray()))
            .toList();
    return new Segment(
        log,
        Long.parseLong(Attributes.text(row, Keys.SORT).substring(SORT.length())),
        Attributes.attribute(row, ENTRIES).l().stream().map(it -> Entry.of(it.s())).toList(),
        new LogHead(
            Hash.of(Attributes.bytes(row, CHAIN)),
            new Frontier(Attributes.number(row, SIZE), roots)));
  }

  /** Returns the segment as a row. */
  public Map<String, AttributeValue> row() {
    Map<String, AttributeValue> row = new HashMap<>();
    row.put(Keys.PARTITION, Attributes.of(log.partition()));
    row.put(Keys.SORT, Attributes.of(SORT + "%012d".formatted(first)));
    row.put(ENTRIES, Attributes.of(entries.stream().map(Entry::text).toList()));
    row.put(CHAIN, Attributes.of(head.chain().bytes()));
    row.put(SIZE, Attributes.of(head.size()));
    row.put(FRONTIER, AttributeValue.fromL(roots().collect(Collectors.toList())));
    return row;
  }

  private Stream<AttributeValue> roots() {
    return head.frontier().roots().stream()
        .map(root -> AttributeValue.fromB(SdkBytes.fromByteArray(root.bytes())));
  }
}

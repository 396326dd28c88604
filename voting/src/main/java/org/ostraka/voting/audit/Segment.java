package org.ostraka.voting.audit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern SORT = Pattern.compile("SEGMENT#([0-9]{12})\\+*");

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
   * @throws IllegalArgumentException if the row is none, whatever stands in it
   */
  public static Segment of(LogId log, Map<String, AttributeValue> row) {
    Matcher sort = SORT.matcher(Attributes.text(row, Keys.SORT));
    if (!sort.matches()) {
      throw new IllegalArgumentException("no segment has this key");
    }
    try {
      return of(log, Long.parseLong(sort.group(1)), row);
    } catch (IllegalStateException | ArithmeticException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  private static Segment of(LogId log, long first, Map<String, AttributeValue> row) {
    List<Hash> roots = Attributes.attribute(row, FRONTIER).l().stream().map(Segment::hash).toList();
    return new Segment(
        log,
        first,
        Attributes.attribute(row, ENTRIES).l().stream().map(Segment::entry).toList(),
        new LogHead(
            Hash.of(Attributes.bytes(row, CHAIN)),
            new Frontier(Attributes.number(row, SIZE), roots)));
  }

  private static Hash hash(AttributeValue value) {
    return Optional.ofNullable(value.b())
        .map(bytes -> Hash.of(bytes.asByteArray()))
        .orElseThrow(() -> new IllegalArgumentException("a root has no bytes"));
  }

  private static Entry entry(AttributeValue value) {
    return Optional.ofNullable(value.s())
        .map(Entry::of)
        .orElseThrow(() -> new IllegalArgumentException("an entry is no text"));
  }

  /** Returns the segment as a row. */
  public Map<String, AttributeValue> row() {
    return row(List.of());
  }

  /**
   * Returns the segment as a row after others that cannot be read and may have its key.
   *
   * @param unreadable the sort keys of those rows
   */
  public Map<String, AttributeValue> row(List<String> unreadable) {
    String own = "SEGMENT#%012d".formatted(first);
    String sort =
        unreadable.stream()
            .filter(it -> it.startsWith(own))
            .max(Comparator.naturalOrder())
            .map(it -> it + "+")
            .orElse(own);
    Map<String, AttributeValue> row = new HashMap<>();
    row.put(Keys.PARTITION, Attributes.of(log.partition()));
    row.put(Keys.SORT, Attributes.of(sort));
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

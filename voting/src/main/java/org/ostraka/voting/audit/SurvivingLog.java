package org.ostraka.voting.audit;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The log of a region that is lost, put together from what other regions have of it: a row may have
 * reached one of them and not another. Immutable.
 *
 * @param problem why it cannot be continued: records are missing in all of them, or two of them
 *     have different records in one place; empty when it is whole
 * @param missing by region, the rows that it does not have
 */
public record SurvivingLog(
    ReadLog read,
    Optional<String> problem,
    Map<String, List<Map<String, AttributeValue>>> missing) {

  public SurvivingLog {
    missing = Map.copyOf(missing);
  }

  /** Reads the log in these regions. Rows that are no segments are passed over. */
  public static SurvivingLog read(VoteTable counts, List<String> regions, LogId log) {
    SortedMap<String, Map<String, AttributeValue>> all = new TreeMap<>();
    Map<String, Set<String>> present = new LinkedHashMap<>();
    Optional<String> problem = Optional.empty();
    for (String region : regions) {
      Set<String> here = present.computeIfAbsent(region, _ -> new HashSet<>());
      for (Map<String, AttributeValue> row : counts.readAll(region, log.partition())) {
        String sort = Attributes.text(row, Keys.SORT);
        if (isSegment(log, row)) {
          boolean _ = here.add(sort);
          Map<String, AttributeValue> other = all.putIfAbsent(sort, row);
          if (other != null && !other.equals(row)) {
            problem = problem.or(() -> Optional.of("row " + sort + " is another one in " + region));
          }
        }
      }
    }
    ReadLog read = ReadLog.of(log, List.copyOf(all.values()));
    return new SurvivingLog(read, problem.or(read::damage), missing(all, present));
  }

  private static boolean isSegment(LogId log, Map<String, AttributeValue> row) {
    try {
      return Segment.of(log, row).log().equals(log);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static Map<String, List<Map<String, AttributeValue>>> missing(
      SortedMap<String, Map<String, AttributeValue>> all, Map<String, Set<String>> present) {
    Map<String, List<Map<String, AttributeValue>>> missing = new LinkedHashMap<>();
    present.forEach((region, here) ->
        missing.put(
            region,
            all.entrySet().stream()
                .filter(row -> !here.contains(row.getKey()))
                .map(Map.Entry::getValue)
                .toList()));
    return missing;
  }

  /** Puts the rows into the regions that do not have them. */
  public void copy(VoteTable counts) {
    missing.forEach((region, rows) ->
        rows.forEach(row -> {
          // Where something else has its key, the log ends before it there.
          boolean _ = counts.add(region, row);
        }));
  }
}

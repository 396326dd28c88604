package org.ostraka.voting.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ostraka.voting.audit.Entry;

/** What became of the ballots that lost regions had accepted and not counted. Not thread-safe. */
public final class AdoptionReport {
  private static final int MAX_LISTED = 1_000;

  private final Map<String, Map<String, Long>> votes = new TreeMap<>();
  private final Map<String, Map<String, Long>> takenBack = new TreeMap<>();
  private final Map<String, Long> copied = new TreeMap<>();
  private final List<String> passedOver = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private long passedOverInAll;
  private long voters;
  private long seals;

  AdoptionReport() {}

  void add(String lost, Entry entry) {
    switch (entry.kind()) {
      case CAST -> count(votes, lost, entry.candidate());
      case SUPERSEDED -> count(takenBack, lost, entry.candidate());
      case VOTED -> voters++;
      case SEALED -> seals++;
      case FORGED, CHANGED, REMOVED -> {}
    }
  }

  private static void count(Map<String, Map<String, Long>> to, String lost, String candidate) {
    var _ = to.computeIfAbsent(lost, _ -> new TreeMap<>()).merge(candidate, 1L, Long::sum);
  }

  void copied(String region) {
    var _ = copied.merge(region, 1L, Long::sum);
  }

  void passOver(String what) {
    passedOverInAll++;
    if (passedOver.size() < MAX_LISTED) {
      passedOver.add(what);
    }
  }

  void refuse(String what) {
    refusals.add(what);
  }

  /** Returns the votes that were added to the count, by lost region and candidate. */
  public Map<String, Map<String, Long>> votes() {
    return Map.copyOf(votes);
  }

  /**
   * Returns the votes that were taken back, since their voters had voted again elsewhere, by lost
   * region and candidate.
   */
  public Map<String, Map<String, Long>> takenBack() {
    return Map.copyOf(takenBack);
  }

  /** Returns how many ballots were put into regions that did not have them, by region. */
  public Map<String, Long> copied() {
    return Map.copyOf(copied);
  }

  /** Returns the rows that were not counted, a sentence each, but not all when there are many. */
  public List<String> passedOver() {
    return List.copyOf(passedOver);
  }

  /** Returns what could not be done, a sentence each. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Returns all of it, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Votes added to the count: " + votes);
    lines.add("Votes taken back, since their voters have voted again: " + takenBack);
    if (voters > 0) {
      lines.add("Voters of a secret election added: " + voters);
    }
    lines.add("Seals added: " + seals);
    lines.add("Ballots put into regions that did not have them: " + copied);
    lines.add("Rows passed over: " + passedOverInAll);
    lines.addAll(passedOver);
    lines.addAll(refusals);
    return lines;
  }
}

package org.ostraka.voting.audit;

import java.security.PublicKey;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.election.VoteTable;

/**
 * The publications for a region that is lost, as other regions have them. A publication may have
 * reached one of them and not another. One thread.
 */
public final class LostPublications {
  private final VoteTable counts;
  private final List<String> regions;
  private final String election;
  private final String lost;
  private final PublicKey by;
  private final Map<String, Iterator<Roots.Signed>> rest = new LinkedHashMap<>();
  private final Map<String, Roots.Signed> next = new LinkedHashMap<>();

  private LostPublications(
      VoteTable counts, List<String> regions, String election, String lost, PublicKey by) {
    this.counts = counts;
    this.regions = regions;
    this.election = election;
    this.lost = lost;
    this.by = by;
    for (String region : regions) {
      rest.put(
          region,
          new AuditLogs(counts, region)
              .publications(election, lost, _ -> {})
              .filter(it -> it.isSigned(by))
              .iterator());
      advance(region);
    }
  }

  /**
   * Puts each publication that a key has signed into the regions that do not have it. Publications
   * are read side by side: a large election has gigabytes of them.
   *
   * @throws IllegalStateException if two regions have different ones with the same number, or
   *     another row is in the place of one
   */
  public static void copy(
      VoteTable counts, List<String> regions, String election, String lost, PublicKey by) {
    if (regions.size() > 1) {
      new LostPublications(counts, regions, election, lost, by).copy();
    }
  }

  private void copy() {
    while (!next.isEmpty()) {
      Roots.Signed first =
          next.values().stream()
              .min(Comparator.comparingLong(it -> it.roots().number()))
              .orElseThrow();
      for (String region : regions) {
        copy(first, region);
      }
    }
  }

  /** Compares the publication of a region with the first of all, or puts it there. */
  private void copy(Roots.Signed first, String region) {
    long number = first.roots().number();
    Optional<Roots.Signed> here =
        Optional.ofNullable(next.get(region)).filter(it -> it.roots().number() == number);
    if (here.isEmpty() && !counts.add(region, first.row()) && !has(region, first)) {
      throw refusal(number, "another row is in its place in " + region);
    }
    if (here.isPresent() && !here.get().equals(first)) {
      throw refusal(number, "it is another one in " + region);
    }
    if (here.isPresent()) {
      advance(region);
    }
  }

  /** Returns whether a region has a publication now: somebody else may have put it there, too. */
  private boolean has(String region, Roots.Signed publication) {
    return new AuditLogs(counts, region)
        .publication(election, lost, publication.roots().number(), by)
        .filter(publication::equals)
        .isPresent();
  }

  private IllegalStateException refusal(long number, String why) {
    return new IllegalStateException(
        "publication " + number + " of " + lost + " for " + election + ": " + why);
  }

  private void advance(String region) {
    Iterator<Roots.Signed> left = Optional.ofNullable(rest.get(region)).orElseThrow();
    if (left.hasNext()) {
      next.put(region, left.next());
    } else {
      var _ = next.remove(region);
    }
  }
}

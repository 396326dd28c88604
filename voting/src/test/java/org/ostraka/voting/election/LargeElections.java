package org.ostraka.voting.election;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Elections with many long names, which are open for long. */
public final class LargeElections {
  private static final int CANDIDATES = 1_000;
  // Characters of three bytes.
  private static final String LONG_NAME = "選".repeat(127);

  private LargeElections() {}

  /** Returns an election that is as large as one may be. */
  public static Election largest(List<String> regions) {
    int left = Elections.MAX_BYTES - Elections.bytes(election(candidates(0), regions));
    return election(candidates(left), regions);
  }

  /** Returns an election with one byte more. */
  static Election tooLarge(List<String> regions) {
    int left = Elections.MAX_BYTES - Elections.bytes(election(candidates(0), regions));
    return election(candidates(left + 1), regions);
  }

  /** Returns an election whose candidates fit, and not together with the claims of its voters. */
  static Election withTooManyClaims(List<String> regions) {
    List<String> values =
        IntStream.range(0, Eligibility.MAX_VALUES)
            .mapToObj(at -> ("%03d".formatted(at) + "n".repeat(Eligibility.MAX_LENGTH - 3)))
            .toList();
    List<String> candidates =
        IntStream.range(0, CANDIDATES)
            .mapToObj(at -> ("%03d".formatted(at) + "c".repeat(Election.MAX_CANDIDATE_LENGTH - 3)))
            .toList();
    return election(candidates, regions)
        .withVoters(new Eligibility(Map.of("custom:district", Set.copyOf(values))));
  }

  /** Returns candidates that have some bytes more, together, than their long names. */
  private static List<String> candidates(int more) {
    return IntStream.range(0, CANDIDATES)
        .mapToObj(at ->
            "%03d".formatted(at)
                + LONG_NAME
                + "x".repeat(more / CANDIDATES + (at < more % CANDIDATES ? 1 : 0)))
        .toList();
  }

  private static Election election(List<String> candidates, List<String> regions) {
    return new Election(
        "large",
        candidates,
        Instant.parse("2020-01-01T00:00:00Z"),
        Instant.parse("2100-01-01T00:00:00Z"),
        new Sharding(2),
        regions);
  }
}

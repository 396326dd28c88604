package org.ostraka.voting.election;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who may vote in an election, by the claims of voters' tokens. Immutable.
 *
 * <p>A token needs all of the claims, and for each of them one of its values. Texts are compared
 * exactly: capitals and spaces count, and there are no patterns.
 *
 * @param claims the values of each claim, sorted; none when every voter with a token may vote
 */
public record Eligibility(Map<String, Set<String>> claims) {
  /** The most values that all claims have together. */
  public static final int MAX_VALUES = 1_000;

  /** The most characters that a claim or a value has. */
  public static final int MAX_LENGTH = 256;

  // An election that asks for one of these would shut out everybody.
  private static final Set<String> NOT_OF_VOTERS = Set.of("exp", "iat", "nbf", "scope");

  /** Every voter with a token may vote. */
  public static final Eligibility EVERYBODY = new Eligibility(Map.of());

  public Eligibility {
    claims = sorted(claims);
    if (claims.values().stream().mapToInt(Set::size).sum() > MAX_VALUES) {
      throw new IllegalArgumentException("claims of voters have at most " + MAX_VALUES + " values");
    }
    if (claims.values().stream().anyMatch(Set::isEmpty)) {
      throw new IllegalArgumentException("a claim of voters has a value");
    }
    if (!Stream.concat(claims.keySet().stream(), claims.values().stream().flatMap(Set::stream))
        .allMatch(text -> !text.isBlank() && text.length() <= MAX_LENGTH)) {
      throw new IllegalArgumentException(
          "a claim of voters and its values have 1 to " + MAX_LENGTH + " characters");
    }
    if (!Collections.disjoint(claims.keySet(), NOT_OF_VOTERS)) {
      throw new IllegalArgumentException(
          "exp, iat and nbf are times, and scope says what a program may do: name a claim about"
              + " the voter");
    }
  }

  private static Map<String, Set<String>> sorted(Map<String, Set<String>> claims) {
    Map<String, Set<String>> sorted = new TreeMap<>();
    claims.forEach(
        (claim, values) -> sorted.put(claim, Collections.unmodifiableSet(new TreeSet<>(values))));
    return Collections.unmodifiableMap(sorted);
  }

  /** Returns whether every voter with a token may vote. */
  public boolean isForEverybody() {
    return claims.isEmpty();
  }

  /**
   * Returns a claim of which a voter's token has none of the values; empty when the voter may vote.
   *
   * @param token returns the values that the token has for a claim
   */
  public Optional<String> missing(Function<String, Stream<String>> token) {
    return claims.entrySet().stream()
        .filter(claim -> token.apply(claim.getKey()).noneMatch(claim.getValue()::contains))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}

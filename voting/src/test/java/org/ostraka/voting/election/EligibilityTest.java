package org.ostraka.voting.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.TwoMemories;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Who may vote, and how an election's rows say it. */
final class EligibilityTest {
  private static final String DISTRICT = "custom:district";
  private static final String GROUPS = "cognito:groups";
  private static final Instant NOW = TwoMemories.OPENS;

  private final TwoMemories regions = new TwoMemories();
  private final Elections elections = new Elections(regions.table());

  @Test
  void everyClaimIsNeededWithOneOfItsValues() {
    Eligibility voters =
        new Eligibility(Map.of(DISTRICT, Set.of("north", "south"), GROUPS, Set.of("citizens")));
    assertThat(missing(voters, Map.of(DISTRICT, List.of("south"), GROUPS, List.of("citizens"))))
        .isEmpty();
    assertThat(
            missing(
                voters,
                Map.of(DISTRICT, List.of("west", "north"), GROUPS, List.of("clerks", "citizens"))))
        .isEmpty();
    assertThat(missing(voters, Map.of(DISTRICT, List.of("north")))).contains(GROUPS);
    assertThat(missing(voters, Map.of(DISTRICT, List.of("west"), GROUPS, List.of("citizens"))))
        .contains(DISTRICT);
    assertThat(missing(voters, Map.of(DISTRICT, List.of("citizens"), GROUPS, List.of("north"))))
        .isPresent();
    assertThat(missing(voters, Map.of())).contains(GROUPS);
  }

  @Test
  void valuesAreComparedExactly() {
    Eligibility voters = new Eligibility(Map.of(DISTRICT, Set.of("north")));
    for (String other :
        List.of("", "North", "north ", " north", "nort", "north,south", "north south", ".*", "*")) {
      assertThat(missing(voters, Map.of(DISTRICT, List.of(other)))).as(other).contains(DISTRICT);
    }
    Eligibility star = new Eligibility(Map.of(DISTRICT, Set.of("*")));
    assertThat(missing(star, Map.of(DISTRICT, List.of("north")))).contains(DISTRICT);
    assertThat(missing(Eligibility.EVERYBODY, Map.of())).isEmpty();
  }

  @Test
  void whatNobodyCouldHaveIsRefused() {
    refused(Map.of(DISTRICT, Set.of()), "a claim of voters has a value");
    refused(Map.of(DISTRICT, Set.of(" ")), "1 to 256 characters");
    refused(Map.of("", Set.of("north")), "1 to 256 characters");
    refused(Map.of(DISTRICT, Set.of("n".repeat(257))), "1 to 256 characters");
    refused(Map.of(DISTRICT, values(999), GROUPS, Set.of("a", "b")), "at most 1000 values");
    for (String claim : List.of("exp", "iat", "nbf", "scope")) {
      refused(Map.of(claim, Set.of("1")), "name a claim about the voter");
    }
    assertThat(new Eligibility(Map.of("n".repeat(256), values(1_000))).isForEverybody()).isFalse();
  }

  @Test
  void allVersionsHaveTheSameVoters() {
    Eligibility voters = new Eligibility(Map.of(DISTRICT, Set.of("north", "south")));
    boolean _ = elections.declare(election().withVoters(voters), NOW);
    Election first = elections.find("e").orElseThrow();
    assertThat(first).isEqualTo(election().withVoters(voters));
    for (Election next :
        List.of(
            first.opening(NOW.minusSeconds(1)),
            first.closing(NOW.plusSeconds(1)),
            first.certified())) {
      assertThat(next.voters()).isEqualTo(voters);
      assertThat(next.secret().voters()).isEqualTo(voters);
    }
    assertThat(elections.add(first.certified(), "audited", NOW)).isTrue();
    assertThat(elections.find("e").orElseThrow()).isEqualTo(first.certified());
    assertThat(regions.here.row("voting", Keys.election("e", 1)).get("voters"))
        .isEqualTo(
            AttributeValue.fromM(Map.of(DISTRICT, Attributes.of(List.of("north", "south")))));
  }

  @Test
  void aRowWithoutVotersIsForEveryVoterWithAToken() {
    boolean _ = elections.declare(election(), NOW);
    assertThat(regions.here.row("voting", Keys.election("e", 1))).doesNotContainKey("voters");
    assertThat(elections.find("e").orElseThrow().voters()).isEqualTo(Eligibility.EVERYBODY);
  }

  @Test
  void aRowWithDamagedVotersIsForNobody() {
    boolean _ = elections.declare(election(), NOW);
    for (AttributeValue damaged :
        List.of(
            Attributes.of("custom:district=north"),
            AttributeValue.fromM(Map.of()),
            AttributeValue.fromNul(true),
            AttributeValue.fromM(Map.of(DISTRICT, Attributes.of("north"))),
            AttributeValue.fromM(Map.of(DISTRICT, Attributes.of(List.of()))),
            AttributeValue.fromM(Map.of(DISTRICT, AttributeValue.fromSs(List.of("north")))),
            AttributeValue.fromM(
                Map.of(DISTRICT, AttributeValue.fromL(List.of(AttributeValue.fromN("1"))))))) {
      Map<String, AttributeValue> row =
          new HashMap<>(regions.here.row("voting", Keys.election("e", 1)));
      row.put("voters", damaged);
      regions.here.write("voting", row);
      assertThatThrownBy(() -> elections.find("e"))
          .as(damaged.toString())
          .isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class);
    }
  }

  private static Election election() {
    return new Election(
        "e",
        List.of("a", "b"),
        TwoMemories.OPENS,
        TwoMemories.CLOSES,
        new Sharding(2),
        List.of(TwoMemories.HERE, TwoMemories.THERE));
  }

  private static Optional<String> missing(Eligibility voters, Map<String, List<String>> token) {
    return voters.missing(claim -> token.getOrDefault(claim, List.of()).stream());
  }

  private static Set<String> values(int count) {
    return IntStream.range(0, count).mapToObj(value -> "v" + value).collect(Collectors.toSet());
  }

  private static void refused(Map<String, Set<String>> claims, String reason) {
    assertThatThrownBy(() -> new Eligibility(claims))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}

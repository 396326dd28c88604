package org.ostraka.engine.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Tags;

/** Conditions compare keys without case; tags of tables differ in it. */
final class TagConditionsTest {
  private static final Tags TWO = new Tags(Map.of("Owner", "bob", "owner", "eve", "team", "red"));

  @Test
  void tagsThatDifferInCaseAreOneKeyWithAllTheirValues() {
    assertThat(TagConditions.of(TWO).get("aws:requesttag/owner"))
        .containsExactlyInAnyOrder("bob", "eve");
    assertThat(TagConditions.ofResource(TWO).get("aws:resourcetag/owner"))
        .containsExactlyInAnyOrder("bob", "eve");
    assertThat(TagConditions.ofResource(TWO)).hasSize(2);
    assertThat(TagConditions.of(TWO).get("aws:tagkeys"))
        .containsExactlyInAnyOrder("Owner", "owner", "team");
  }
}

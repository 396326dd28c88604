package org.ostraka.voting.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoMemories.CLOSES;
import static org.ostraka.voting.TwoMemories.OPENS;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Eligibility;
import org.ostraka.voting.election.Sharding;

/** Elections that are written as JSON and read again. */
final class ElectionJsonTest {
  private static final Election ELECTION =
      new Election(
          "e", List.of("a", "\"b\""), OPENS, CLOSES, new Sharding(8), List.of("r-2", "r-1"));
  private static final String TEXT = ElectionJson.text(ELECTION, OPENS);
  private static final String NORTH = "{\"claim\":\"d\",\"values\":[\"n\"]}";

  @Test
  void whatIsWrittenIsRead() {
    Eligibility voters = new Eligibility(Map.of("d", Set.of("n", "s"), "g", Set.of("c")));
    for (Election election :
        List.of(
            ELECTION,
            ELECTION.secret(),
            ELECTION.withVoters(voters),
            ELECTION.closing(CLOSES.minusSeconds(1)),
            ELECTION.certified().withVoters(voters).secret())) {
      assertThat(ElectionJson.read(bytes(ElectionJson.text(election, OPENS)))).contains(election);
      assertThat(ElectionJson.read(bytes(ElectionJson.text(election, CLOSES)))).contains(election);
    }
  }

  @Test
  void whatIsNoElectionIsNotRead() {
    assertThat(TEXT).contains("\"state\":\"open\"", "\"shards\":8", "\"version\":1");
    assertThat(ElectionJson.read(bytes(voters(NORTH)))).isPresent();
    for (String other :
        List.of(
            "",
            "{}",
            "[]",
            "{\"message\":\"no such election\"}",
            TEXT.substring(1),
            TEXT.substring(0, TEXT.length() - 1),
            TEXT + "{}",
            TEXT.replace("\"shards\":8", "\"shards\":\"8\""),
            TEXT.replace("\"shards\":8", "\"shards\":0"),
            TEXT.replace("\"shards\":8", "\"shards\":8,\"shards\":8"),
            TEXT.replace("\"shards\":8", "\"shards\":8,\"more\":8"),
            TEXT.replace("\"shards\":8,", ""),
            TEXT.replace("\"version\":1,", ""),
            TEXT.replace("\"version\":1", "\"version\":0"),
            TEXT.replace("\"version\":1", "\"version\":4294967297"),
            TEXT.replace("\"state\":\"open\"", "\"state\":\"opened\""),
            TEXT.replace("\"state\":\"open\"", "\"state\":\"OPEN\""),
            TEXT.replace("\"secret\":false,", ""),
            TEXT.replace("\"voters\":[],", ""),
            TEXT.replace("\"id\"", "\"name\""),
            TEXT.replace("\"secret\":false", "\"secret\":\"no\""),
            TEXT.replace("[\"r-2\",\"r-1\"]", "\"r-2\""),
            TEXT.replace("[\"r-2\",\"r-1\"]", "[\"r-2\",1]"),
            TEXT.replace("[\"r-2\",\"r-1\"]", "[]"),
            TEXT.replace("[\"r-2\",\"r-1\"]", "[\"r-1\",\"r-1\"]"),
            TEXT.replace("\"voters\":[]", "\"voters\":[{\"claim\":\"d\"}]"),
            TEXT.replace("\"voters\":[]", "\"voters\":[{\"values\":[\"n\"]}]"),
            TEXT.replace("\"voters\":[]", "\"voters\":[\"n\"]"),
            voters(NORTH + ",1"),
            voters(NORTH + "," + NORTH),
            voters(NORTH + "," + NORTH.replace("\"n\"", "\"s\"")),
            voters(NORTH.replace("\"n\"", "\"n\",\"n\"")),
            TEXT.replace(OPENS.toString(), "at eight"))) {
      assertThat(other).isNotEqualTo(TEXT);
      assertThat(ElectionJson.read(bytes(other))).as(other).isEmpty();
    }
  }

  private static String voters(String claims) {
    return TEXT.replace("\"voters\":[]", "\"voters\":[" + claims + "]");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

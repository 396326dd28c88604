package org.ostraka.voting.wire;

import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.ostraka.voting.count.Results;
import org.ostraka.voting.election.Election;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes results. The same count gives the same text. */
public final class ResultsJson {
  private ResultsJson() {}

  /** Writes the results of an election as they stand. */
  public static String results(Election election, Results results, Instant now) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        VotingJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("election", election.id());
      json.writeStringProperty("state", election.state(now).name().toLowerCase(Locale.ROOT));
      json.writeNumberProperty("votes", results.votes());
      json.writeBooleanProperty("complete", results.isComplete());
      json.writeNumberProperty("changedBallots", results.changed());
      candidates(json, election, results);
      json.writeName("regions");
      json.writeStartArray();
      for (String region : election.regions()) {
        json.writeStartObject();
        json.writeStringProperty("region", region);
        votes(json, election, results.byRegion().getOrDefault(region, Map.of()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeName("minutes");
      json.writeStartArray();
      results
          .byMinute()
          .forEach((minute, votes) -> {
            json.writeStartObject();
            json.writeStringProperty("minute", minute.toString());
            votes(json, election, votes);
            json.writeEndObject();
          });
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void candidates(JsonGenerator json, Election election, Results results) {
    json.writeName("candidates");
    json.writeStartArray();
    for (String candidate : election.candidates()) {
      json.writeStartObject();
      json.writeStringProperty("name", candidate);
      json.writeNumberProperty("votes", results.votes(candidate));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes a number for each candidate, in the order of the ballot paper. */
  private static void votes(JsonGenerator json, Election election, Map<String, Long> votes) {
    json.writeName("votes");
    json.writeStartArray();
    for (String candidate : election.candidates()) {
      json.writeNumber(votes.getOrDefault(candidate, 0L));
    }
    json.writeEndArray();
  }
}

package org.ostraka.voting.wire;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ostraka.voting.count.Results;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes what an operator sees. */
public final class OperatorJson {
  private OperatorJson() {}

  /** Votes at one server in the last minute. Immutable. */
  public record Rates(long accepted, long refused, long failed, Duration mean, Duration longest) {}

  /** The last publication of a region, and how many entries of its logs it has. Immutable. */
  public record Published(String region, long number, Instant time, long entries) {}

  /** Writes the status of an election, which is given as JSON. */
  public static String status(
      String election, Results results, int shards, Rates rates, List<Published> published) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        VotingJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeName("election");
      json.writeRawValue(election);
      json.writeNumberProperty("counted", results.votes());
      json.writeNumberProperty("records", results.records());
      json.writeNumberProperty("changedBallots", results.changed());
      json.writeNumberProperty("forgedRows", results.forged());
      json.writeNumberProperty("unreadableTallies", results.unreadable());
      json.writeNumberProperty("sealedShards", results.sealedShards());
      json.writeNumberProperty("shards", shards);
      json.writeName("lastMinute");
      json.writeStartObject();
      json.writeNumberProperty("accepted", rates.accepted());
      json.writeNumberProperty("refused", rates.refused());
      json.writeNumberProperty("failed", rates.failed());
      json.writeNumberProperty("meanMillis", rates.mean().toMillis());
      json.writeNumberProperty("longestMillis", rates.longest().toMillis());
      json.writeEndObject();
      json.writeName("published");
      json.writeStartArray();
      for (Published one : published) {
        json.writeStartObject();
        json.writeStringProperty("region", one.region());
        json.writeNumberProperty("number", one.number());
        json.writeStringProperty("time", one.time().toString());
        json.writeNumberProperty("entries", one.entries());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }
}

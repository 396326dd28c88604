package org.ostraka.voting.wire;

import java.io.StringWriter;
import java.util.List;
import org.ostraka.voting.audit.Consistency;
import org.ostraka.voting.audit.Hash;
import org.ostraka.voting.audit.Proof;
import org.ostraka.voting.audit.PublishedShard;
import org.ostraka.voting.audit.Roots;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes proofs, and publications of roots. */
public final class ProofJson {
  private ProofJson() {}

  /** Writes a proof with all that is needed to verify it. */
  public static String proof(Proof proof) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        VotingJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("index", proof.index());
      json.writeNumberProperty("size", proof.state().size());
      hashes(json, "path", proof.path());
      json.writeStringProperty("root", proof.state().root().toString());
      json.writeNumberProperty("shard", proof.shard());
      json.writeNumberProperty("shards", proof.shards());
      hashes(json, "shardPath", proof.shardPath());
      json.writeStringProperty("top", proof.top().toString());
      json.writeNumberProperty("number", proof.number());
      json.writeStringProperty("time", proof.time().toString());
      json.writeStringProperty("previous", proof.previous().toString());
      json.writeStringProperty("signature", proof.signature());
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Writes a proof of consistency with all that is needed to verify it. */
  public static String consistency(Consistency proof) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        VotingJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("shard", proof.shard());
      json.writeName("from");
      shard(json, proof.from());
      json.writeName("to");
      shard(json, proof.to());
      hashes(json, "path", proof.path());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void shard(JsonGenerator json, PublishedShard published) {
    json.writeStartObject();
    json.writeNumberProperty("number", published.number());
    json.writeStringProperty("time", published.time().toString());
    json.writeStringProperty("previous", published.previous().toString());
    json.writeNumberProperty("shards", published.shards());
    json.writeStringProperty("top", published.top().toString());
    json.writeStringProperty("signature", published.signature());
    json.writeNumberProperty("size", published.state().size());
    json.writeStringProperty("root", published.state().root().toString());
    hashes(json, "shardPath", published.path());
    json.writeEndObject();
  }

  /** Writes the last publication of each region. */
  public static String roots(List<Roots.Signed> published) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        VotingJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      for (Roots.Signed signed : published) {
        Roots roots = signed.roots();
        json.writeStartObject();
        json.writeStringProperty("region", roots.region());
        json.writeNumberProperty("number", roots.number());
        json.writeStringProperty("time", roots.time().toString());
        json.writeStringProperty("previous", roots.previous().toString());
        json.writeNumberProperty("shards", roots.shards().size());
        json.writeStringProperty("top", roots.top().toString());
        json.writeStringProperty("signature", signed.signature());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  private static void hashes(JsonGenerator json, String name, List<Hash> hashes) {
    json.writeName(name);
    json.writeStartArray();
    hashes.forEach(hash -> json.writeString(hash.toString()));
    json.writeEndArray();
  }
}

package org.ostraka.voting.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.SignedReceipt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Reads receipts as {@link VotingJson#receipt} writes them. */
public final class ReceiptJson {
  private static final String EPOCH = "epoch";
  private static final Set<String> TEXTS =
      Set.of("election", "voter", "candidate", "cast", "region", "signature");

  private ReceiptJson() {}

  /** Reads a receipt; empty when it is none. */
  public static Optional<SignedReceipt> read(byte[] text) {
    Map<String, String> texts = new HashMap<>();
    long epoch = 0;
    try (JsonParser json = VotingJson.FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals(EPOCH) && value == JsonToken.VALUE_NUMBER_INT) {
          epoch = json.getLongValue();
        } else if (TEXTS.contains(name) && value == JsonToken.VALUE_STRING) {
          texts.put(name, json.getString());
        } else {
          return Optional.empty();
        }
      }
      boolean ends = json.nextToken() == null;
      return ends && texts.keySet().equals(TEXTS) ? of(texts, epoch) : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<SignedReceipt> of(Map<String, String> texts, long epoch) {
    try {
      return Optional.of(
          new SignedReceipt(
              new Receipt(
                  texts.getOrDefault("election", ""),
                  texts.getOrDefault("voter", ""),
                  texts.getOrDefault("candidate", ""),
                  Instant.parse(texts.getOrDefault("cast", "")),
                  texts.getOrDefault("region", ""),
                  epoch),
              texts.getOrDefault("signature", "")));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}

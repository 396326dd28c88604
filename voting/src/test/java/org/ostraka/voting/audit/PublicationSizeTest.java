package org.ostraka.voting.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.receipt.ReceiptKey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The roots of the largest election fit in the row of their publication. */
final class PublicationSizeTest {
  // "Service, account, and table quotas in Amazon DynamoDB": an item has at most 400 KB, with the
  // names of its attributes.
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
  private static final int MAX_ROW_BYTES = 400 * 1024;
  private static final int LONGEST_ID = 64;
  private static final int LONG_REGION = 255;
  private static final long LARGEST_NUMBER = 999_999_999_999_999L;

  @Test
  void thePublicationOfTheMostShardsIsARow() throws Exception {
    assertThat(bytes(Sharding.MAX_SHARDS)).isBetween(400_000, MAX_ROW_BYTES);
  }

  @Test
  void aFewHundredShardsMoreWouldBeTooManyForOne() throws Exception {
    assertThat(bytes(Sharding.MAX_SHARDS + 300)).isGreaterThan(MAX_ROW_BYTES);
  }

  private static int bytes(int shards) throws Exception {
    ReceiptKey key = new ReceiptKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    Roots roots =
        new Roots(
            "e".repeat(LONGEST_ID),
            "r".repeat(LONG_REGION),
            LARGEST_NUMBER,
            Instant.parse("2026-11-01T08:00:00.123Z"),
            Hash.EMPTY_TREE,
            Collections.nCopies(shards, new ShardRoot(Long.MAX_VALUE, Hash.EMPTY_TREE)));
    return roots.signed(key).row().entrySet().stream().mapToInt(PublicationSizeTest::bytes).sum();
  }

  private static int bytes(Map.Entry<String, AttributeValue> attribute) {
    AttributeValue value = attribute.getValue();
    int length =
        value.s() == null
            ? value.b().asByteArray().length
            : value.s().getBytes(StandardCharsets.UTF_8).length;
    return attribute.getKey().getBytes(StandardCharsets.UTF_8).length + length;
  }
}

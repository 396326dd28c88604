package org.ostraka.voting.receipt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a receipt says: this voter's vote is stored. Immutable.
 *
 * @param epoch of the lease under which the vote was cast
 */
public record Receipt(
    String election, String voter, String candidate, Instant cast, String region, long epoch) {

  /**
   * Returns the bytes that are signed: each text with its length before it, so that no two receipts
   * have the same bytes.
   */
  byte[] signedBytes() {
    StringBuilder text = new StringBuilder("ostraka-voting-receipt-1");
    for (String part :
        new String[] {election, voter, candidate, cast.toString(), region, Long.toString(epoch)}) {
      text.append('\n').append(part.length()).append(':').append(part);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}

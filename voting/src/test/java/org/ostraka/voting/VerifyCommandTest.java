package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code voting verify} refuses before it asks a database. */
@Timeout(60)
final class VerifyCommandTest {
  @Test
  void withoutALedgerThereIsNothingToVerify() {
    List<String> verify = List.of("verify", "--election", "e", "--public-key", "key");
    assertThat(Voting.runHere(verify)).startsWith("status 2\nvoting: --ledger is missing");
  }
}

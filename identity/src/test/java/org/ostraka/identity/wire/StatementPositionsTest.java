package org.ostraka.identity.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ostraka.identity.wire.StatementPositions.Extent;
import org.ostraka.identity.wire.StatementPositions.Position;

final class StatementPositionsTest {
  @Test
  void aStatementThatStandsAloneIsFoundAsInTheExampleOfTheCommandLine() {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"dynamodb:*\","
            + "\"Resource\":\"*\",\"Condition\":{\"DateGreaterThan\":{\"aws:CurrentTime\":"
            + "\"2018-08-16T12:00:00Z\"}}}}";
    assertThat(StatementPositions.of(policy))
        .containsExactly(new Extent(new Position(1, 38), new Position(1, 167)));
  }

  /** The example of simulate-principal-policy: lines 3 to 9, columns 19 and 10. */
  @Test
  void theStatementsOfAListAreFound() {
    String policy =
        """
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "VisualEditor0",
                    "Effect": "Allow",
                    "Action": "codecommit:ListRepositories",
                    "Resource": "*"
                }
            ]
        }
        """;
    assertThat(StatementPositions.of(policy))
        .containsExactly(new Extent(new Position(3, 19), new Position(9, 10)));
    assertThat(
            StatementPositions.of(
                "{\"Statement\":[{\"Effect\":\"Allow\"},{\"Effect\":\"Deny\"}],\"Id\":[1]}"))
        .extracting(extent -> extent.end().column())
        .containsExactly(33, 51);
  }
}

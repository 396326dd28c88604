package org.ostraka.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ostraka.model.TableArn;

final class EventIdsTest {
  private static final List<TableArn> TABLES =
      List.of(table("votes"), table("ballots"), table("votes"));

  /** The JDK computes the same ids by another way. */
  @Test
  void anIdIsTheUuidOfTheTableAndTheSequenceNumber() {
    EventIds ids = new EventIds();
    for (TableArn table : TABLES) {
      for (String number : List.of("100000000000000000001", "4209223372036854775807")) {
        byte[] name = (table + "/" + number).getBytes(StandardCharsets.US_ASCII);
        assertThat(ids.of(table, number))
            .isEqualTo(UUID.nameUUIDFromBytes(name).toString().replace("-", ""));
      }
    }
  }

  private static TableArn table(String name) {
    return TableArn.parse("arn:aws:dynamodb:us-east-1:000000000000:table/" + name).orElseThrow();
  }
}

package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.model.AccountId;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;

final class WindowsTest {
  private static final Instant ENABLED = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant NOW = ENABLED.plusSeconds(3_600);
  private static final TableArn TABLE =
      new TableArn(
          new Owner(new AccountId("123456789012"), new Region("eu-central-1")),
          new TableName("votes"));
  private static final Recovery.PointInTime RECOVERY =
      new Recovery.PointInTime(new UUID(1, 2), ENABLED, 35, new Space(5));

  @Test
  void theLatestTimeIsFiveMinutesAgo() {
    assertThat(latest(Stamp.of(NOW))).isEqualTo(NOW.minusSeconds(300));
  }

  @Test
  void theLatestTimeIsNotBeforeRecoveryWasEnabled() {
    assertThat(latest(Stamp.ZERO)).isEqualTo(ENABLED);
    assertThat(latest(Stamp.of(ENABLED))).isEqualTo(ENABLED);
  }

  @Test
  void allOfTheLatestMillisecondIsArchived() {
    Instant second = ENABLED.plusSeconds(10);
    Stamp within = Stamp.of(second).next();
    assertThat(latest(within)).isEqualTo(second.minusSeconds(1));
    assertThat(latest(Stamp.of(second.plusMillis(1)))).isEqualTo(second);
  }

  private static Instant latest(Stamp complete) {
    Chain chain =
        Chain.begin(new UUID(1, 2), TABLE, new UUID(3, 4), true, ENABLED, new Space(5))
            .completeTo(complete);
    return Windows.latest(RECOVERY, Optional.of(chain), NOW);
  }
}

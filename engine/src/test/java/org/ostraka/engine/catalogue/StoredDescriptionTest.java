package org.ostraka.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableDescription;

final class StoredDescriptionTest {
  private static final String MODE = "settingsReplication";

  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  private TableDescription table() {
    engine.create("votes");
    return engine.describe("votes");
  }

  /** Servers before these modes can read such a table, and this server can read theirs. */
  @Test
  void tableWithoutModeIsStoredAsByServersThatKnowNone() {
    Attributes stored = StoredDescription.of(table());
    assertThat(stored.names()).isNotEmpty().doesNotContain(MODE);
    assertThat(StoredDescription.description(stored).settingsReplication()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SettingsReplication.class)
  void modeIsStored(SettingsReplication mode) {
    TableDescription table = table().withSettingsReplication(Optional.of(mode));
    Attributes stored = StoredDescription.of(table);
    assertThat(stored.text(MODE)).isEqualTo(mode.name());
    assertThat(StoredDescription.description(stored)).isEqualTo(table);
  }
}

package org.ostraka.engine.table;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ValidationException;

/** Rules for the mode in which settings are replicated. Stateless. */
final class SettingsReplicationRules {
  private SettingsReplicationRules() {}

  /**
   * Refuses the mode that only a global table of one account has.
   *
   * @param mode absent when the request chooses none
   */
  static void requireOfOneRegion(@Nullable SettingsReplication mode) {
    if (mode == SettingsReplication.ENABLED_WITH_OVERRIDES) {
      throw refused(
          mode,
          "Only ENABLED and DISABLED settings replication are supported for a Regional Table.");
    }
  }

  /** Returns a table with another mode. The mode of a replica cannot change. */
  static TableRecord changed(TableRecord record, SettingsReplication mode) {
    TableDescription table = record.description();
    if (table.global().isEmpty()) {
      requireOfOneRegion(mode);
      return record.with(each -> each.withSettingsReplication(Optional.of(mode)));
    }
    SettingsReplication only =
        table.global().get().hasSeveralAccounts()
            ? SettingsReplication.ENABLED
            : SettingsReplication.ENABLED_WITH_OVERRIDES;
    if (mode != only) {
      throw refused(
          mode, "Only " + only + " settings replication is supported for a Global Table replica.");
    }
    return record;
  }

  private static ValidationException refused(SettingsReplication mode, String why) {
    return new ValidationException(
        "Value '"
            + mode
            + "' at 'GlobalTableSettingsReplicationMode' failed to satisfy constraint: "
            + why);
  }
}

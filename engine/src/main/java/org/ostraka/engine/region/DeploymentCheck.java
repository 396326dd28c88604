package org.ostraka.engine.region;

import java.util.function.Consumer;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;

/** Verifies the row in which a store remembers its regions. Stateless. */
public final class DeploymentCheck {
  private DeploymentCheck() {}

  /** Returns whether a row says what the store remembers of its regions. */
  public static boolean isOfDeployment(Row row) {
    return row.key().space().equals(DeploymentRows.SPACE);
  }

  /** Verifies one row and reports problems. */
  public static void row(Row row, Consumer<String> problems) {
    if (!row.key().equals(DeploymentRows.OWN)) {
      problems.accept("a row of the store's regions is of no known kind");
      return;
    }
    try {
      var _ = DeploymentRows.deployment(row.value());
    } catch (CorruptDataException damage) {
      problems.accept(String.valueOf(damage.getMessage()));
    }
  }
}

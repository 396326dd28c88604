package org.ostraka.engine.region;

import java.util.function.Consumer;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;

/** Verifies the rows in which a store remembers its deployment and its peers. Stateless. */
public final class DeploymentCheck {
  private DeploymentCheck() {}

  /** Returns whether a row is one of these. */
  public static boolean isOfDeployment(Row row) {
    return row.key().space().equals(DeploymentRows.SPACE);
  }

  /** Verifies one row and reports problems. */
  public static void row(Row row, Consumer<String> problems) {
    try {
      if (row.key().equals(DeploymentRows.OWN)) {
        var _ = DeploymentRows.deployment(row.value());
      } else if (DeploymentRows.isOfPeer(row.key())) {
        requireKey(row, DeploymentRows.peer(DeploymentRows.peer(row.value()).region()));
      } else {
        problems.accept("a row of the store's regions is of no known kind");
      }
    } catch (CorruptDataException damage) {
      problems.accept(String.valueOf(damage.getMessage()));
    }
  }

  private static void requireKey(Row row, RowKey key) {
    if (!key.equals(row.key())) {
      throw new CorruptDataException("the deployment of a region is stored under another one");
    }
  }
}

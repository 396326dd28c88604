package org.ostraka.engine.scaling;

import java.util.Optional;
import java.util.function.Consumer;
import org.ostraka.model.Traffic;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;

/** Verifies the rows of auto scaling. Stateless. */
public final class ScalingCheck {
  private ScalingCheck() {}

  /** Returns whether a row belongs to auto scaling. */
  public static boolean isOfScaling(Row row) {
    return row.key().space().equals(ScalingRows.SPACE);
  }

  /** Verifies one row and reports problems. */
  public static void row(Row row, Consumer<String> problems) {
    try {
      switch (ScalingRows.kind(row.key()).orElse("")) {
        case "targets" ->
            requireKey(row, ScalingRows.target(ScalingItem.target(row.value()).key()));
        case "activities" ->
            requireKey(row, ScalingRows.activity(ScalingItem.activity(row.value())));
        case "consumed" -> {
          var _ = ScalingItem.consumed(row.value(), Optional.empty(), Traffic.READ);
        }
        default -> problems.accept("a row of auto scaling is of no known kind");
      }
    } catch (CorruptDataException damage) {
      problems.accept("a row of auto scaling is damaged: " + damage.getMessage());
    }
  }

  private static void requireKey(Row row, RowKey key) {
    if (!key.equals(row.key())) {
      throw new CorruptDataException("it is stored under the key of another one");
    }
  }
}

package org.ostraka.cli.copy;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.ostraka.delivery.Pause;

/** Makes the target's table where it is absent. Stateless. */
final class TargetTable {
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);

  private TargetTable() {}

  /**
   * Returns the target's table when it can take items.
   *
   * @throws CopyException when a table is there with another key, or with items that may not be
   *     overwritten
   */
  static TableDescription prepared(
      Endpoint target, CopyPlan plan, TableDescription source, Pause pause, Consumer<String> said) {
    Optional<TableDescription> existing = TableDescription.of(target, plan.targetTable());
    if (existing.isEmpty()) {
      var _ = target.call("CreateTable", source.creation(plan.targetTable(), plan.withStream()));
      said.accept("table " + plan.targetTable() + " made at the target");
      return active(target, plan.targetTable(), pause);
    }
    if (!existing.get().typedKey().equals(source.typedKey())) {
      throw new CopyException(
          "the target's table has the key "
              + existing.get().typedKey()
              + ", the source's "
              + source.typedKey());
    }
    TableDescription ready = active(target, plan.targetTable(), pause);
    Table table = new Table(target, plan.targetTable(), source.keyNames(), pause);
    if (!plan.overwrite() && table.hasItems()) {
      throw new CopyException(
          "the target's table has items; --overwrite lets the copy replace them");
    }
    return ready;
  }

  private static TableDescription active(Endpoint target, String table, Pause pause) {
    while (true) {
      TableDescription shown =
          TableDescription.of(target, table)
              .orElseThrow(() -> new CopyException("the target's table is gone"));
      if (shown.isActive()) {
        return shown;
      }
      Waits.rest(pause, BETWEEN_QUESTIONS);
    }
  }
}

package org.ostraka.model.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads items of one partition in the order of their sort keys. */
public final class Query {
  private Query() {}

  /**
   * The request. Immutable.
   *
   * @param keyCondition the condition for the items to read
   * @param keyConditions the key condition in the older form
   * @param forward whether the items come in ascending order of their sort keys
   */
  public record Request(
      String tableName,
      @Nullable String keyCondition,
      @Nullable Map<String, AttributeCondition> keyConditions,
      boolean forward,
      PageRequest page) {}
}

package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;

/**
 * A statement of PartiQL with what its question marks stand for. Immutable.
 *
 * @param badValue what is wrong with the first parameter that is no legal value, to be told in the
 *     statement's turn
 * @param returnsItem whether a condition that fails tells the item as it is
 */
public record ParameterizedStatement(
    String text,
    List<AttributeValue> parameters,
    @Nullable String badValue,
    boolean consistentRead,
    boolean returnsItem) {
  public ParameterizedStatement {
    parameters = List.copyOf(parameters);
  }

  /** The text alone: values may hold what is in items, which no message shows. */
  @Override
  public String toString() {
    return text;
  }
}

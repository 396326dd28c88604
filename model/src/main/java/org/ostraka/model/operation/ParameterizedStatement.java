package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;

/**
 * A statement of PartiQL with the values of its question marks. Immutable.
 *
 * @param badValue the problem of the first parameter that is no legal value, reported in the
 *     statement's turn
 * @param returnsItem whether a condition that fails returns the current item
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

  /** Returns the text alone: values may contain item contents, which no message shows. */
  @Override
  public String toString() {
    return text;
  }
}

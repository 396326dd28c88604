package org.ostraka.model.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;

/**
 * The names and values of the placeholders of a request's expressions; absent members are null.
 * Immutable.
 */
public record Substitutions(
    @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
  /** The substitutions of a request without placeholders. */
  public static final Substitutions NONE = new Substitutions(null, null);
}

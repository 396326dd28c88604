package org.ostraka.model.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;

/**
 * What the placeholders of a request's expressions stand for; absent members as null. Immutable.
 */
public record Substitutions(
    @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
  /** No placeholders. */
  public static final Substitutions NONE = new Substitutions(null, null);
}

package org.ostraka.engine.expression;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.expression.Path;
import org.ostraka.expression.Projection;
import org.ostraka.model.error.AttributeNames;
import org.ostraka.model.error.ValidationException;

/** Turns the older form's AttributesToGet into the projection of an expression. Stateless. */
final class LegacyProjection {
  private LegacyProjection() {}

  /**
   * Returns the projection; empty when all attributes are wanted.
   *
   * @throws ValidationException with the service's text for the first name that no attribute can
   *     have, or that occurs twice
   */
  static Optional<Projection> of(@Nullable List<String> names) {
    if (names == null) {
      return Optional.empty();
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      AttributeNames.require(name);
      if (!seen.add(name)) {
        throw ValidationException.ofParameters("Duplicate value in attribute name: " + name);
      }
    }
    return Optional.of(new Projection(names.stream().map(Path::of).toList()));
  }
}

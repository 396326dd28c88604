package org.ostraka.model.error;

import java.util.Optional;
import org.ostraka.model.Limits;
import org.ostraka.model.Utf8;

/** The rules for attribute names, wherever a request contains one. Stateless. */
public final class AttributeNames {
  private AttributeNames() {}

  /** Returns the service's message for a name that no attribute can have; empty for legal names. */
  public static Optional<String> problem(String name) {
    if (name.isEmpty()) {
      return Optional.of("Empty attribute name");
    }
    // No name of fewer characters can have too many bytes.
    if (name.length() > Limits.ATTRIBUTE_NAME_BYTES / 3
        && Utf8.sizeBytes(name) > Limits.ATTRIBUTE_NAME_BYTES) {
      return Optional.of("Attribute name is too large, must be less than 65536 bytes");
    }
    return Optional.empty();
  }

  /** Refuses a name that no attribute can have. */
  public static void require(String name) {
    problem(name)
        .ifPresent(problem -> {
          throw new ValidationException(problem);
        });
  }
}

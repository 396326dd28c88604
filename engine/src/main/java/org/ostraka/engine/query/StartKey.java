package org.ostraka.engine.query;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.RowKey;

/**
 * Finds the row beyond which a page begins; there need not be an item. Stateless.
 *
 * <p>The texts about the schema are measured (October 2026).
 */
final class StartKey {
  private static final String INVALID = "The provided starting key is invalid";

  private StartKey() {}

  /**
   * The row of an ExclusiveStartKey, if the request has one.
   *
   * @throws ValidationException with the service's text unless it is a key of what is read
   */
  static Optional<RowKey> of(Source source, @Nullable Item key) {
    if (key == null) {
      return Optional.empty();
    }
    if (!source.fits(key)) {
      throw new ValidationException(INVALID);
    }
    try {
      return Optional.of(source.row(key));
    } catch (ValidationException problem) {
      throw invalid(problem.text());
    }
  }

  static ValidationException invalid(String problem) {
    return new ValidationException(INVALID + ": " + problem);
  }
}

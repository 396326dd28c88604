package org.ostraka.engine.query;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.RowKey;

/**
 * Finds the row after which a page begins; the row need not exist. Stateless.
 *
 * <p>The texts about the schema are measured (October 2026).
 */
final class StartKey {
  private static final String INVALID = "The provided starting key is invalid";
  private static final String MISMATCH = "The provided key element does not match the schema";

  private StartKey() {}

  /**
   * Returns the row of a scan's ExclusiveStartKey; empty when the request has none.
   *
   * @throws ValidationException with the service's text when it is not a key of the source
   */
  static Optional<RowKey> ofScan(Source source, @Nullable Item key) {
    if (key == null) {
      return Optional.empty();
    }
    if (!source.fits(key)) {
      throw new ValidationException(INVALID);
    }
    return row(source, key);
  }

  /**
   * Returns the row of a query's ExclusiveStartKey; empty when the request has none. Here wrong
   * types of attributes have a text of their own, and the key is refused when the query can find
   * one item only.
   *
   * <p>The texts about types are those of dynalite's {@code actions/query.js}.
   */
  static Optional<RowKey> ofQuery(Source source, @Nullable Item key) {
    if (key == null) {
      return Optional.empty();
    }
    if (source.findsOneItem() || !source.hasNames(key)) {
      throw new ValidationException(INVALID);
    }
    if (!has(key, source.key().attributes())) {
      throw new ValidationException(MISMATCH);
    }
    if (!source.fits(key)) {
      throw invalid(MISMATCH);
    }
    return row(source, key);
  }

  private static boolean has(Item key, List<AttributeDefinition> attributes) {
    return attributes.stream().allMatch(attribute -> ItemKey.has(key, attribute));
  }

  private static Optional<RowKey> row(Source source, Item key) {
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

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
 * Finds the row beyond which a page begins; there need not be an item. Stateless.
 *
 * <p>The texts about the schema are measured (October 2026).
 */
final class StartKey {
  private static final String INVALID = "The provided starting key is invalid";
  private static final String MISMATCH = "The provided key element does not match the schema";

  private StartKey() {}

  /**
   * The row of a scan's ExclusiveStartKey, if the request has one.
   *
   * @throws ValidationException with the service's text unless it is a key of what is read
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
   * The same of a query; here the types of the attributes are told in their own words, and where a
   * query can find one item only there is nothing to go on from.
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

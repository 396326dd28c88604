package org.ostraka.engine.query;

import org.ostraka.model.Select;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.PageRequest;

/**
 * Checks that Select fits the other members of a request. Stateless.
 *
 * <p>The texts are those that dynoxide pull request 100 and ExtendDB pull request 161 captured from
 * the service. In us-east-1 Query puts a count of problems before all texts but the last, and Scan
 * does not (ExtendDB pull request 211, dynoxide issue 121; measured again in October 2026).
 */
final class SelectRules {
  private SelectRules() {}

  /** Refuses a Select that contradicts the rest of a query, with the texts of a query. */
  static void checkQuery(PageRequest request) {
    check(request, "1 validation error detected: ");
  }

  /** Refuses a Select that contradicts the rest of a scan, with the texts of a scan. */
  static void checkScan(PageRequest request) {
    check(request, "");
  }

  private static void check(PageRequest request, String count) {
    Select select = request.select();
    if (select == null) {
      return;
    }
    switch (select) {
      case COUNT -> refuseParts(request, count, "only the Count");
      case ALL_ATTRIBUTES -> refuseParts(request, count, "ALL_ATTRIBUTES");
      case ALL_PROJECTED_ATTRIBUTES -> {
        refuseParts(request, count, "ALL_ATTRIBUTES");
        if (request.indexName() == null) {
          throw new ValidationException(
              "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
      }
      case SPECIFIC_ATTRIBUTES -> {
        if (request.projection() == null && request.attributesToGet() == null) {
          throw new ValidationException(
              count
                  + "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                  + " SPECIFIC_ATTRIBUTES");
        }
      }
    }
  }

  private static void refuseParts(PageRequest request, String count, String choice) {
    if (request.projection() != null) {
      throw parts(count, "ProjectionExpression", choice);
    }
    if (request.attributesToGet() != null) {
      throw parts(count, "AttributesToGet", choice);
    }
  }

  private static ValidationException parts(String count, String member, String choice) {
    return new ValidationException(
        count + "Cannot specify the " + member + " when choosing to get " + choice);
  }
}

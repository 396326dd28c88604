package org.ostraka.engine.query;

import org.ostraka.model.Select;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.PageRequest;

/**
 * Which Select goes with which other members. Stateless.
 *
 * <p>The texts are those that dynoxide pull request 100 and ExtendDB pull request 161 captured from
 * the service; the wording of October 2026 puts a count of problems before all but the last.
 */
final class SelectRules {
  private SelectRules() {}

  /**
   * Refuses a Select that contradicts the rest of the request.
   *
   * @throws ValidationException with the service's text
   */
  static void check(PageRequest request) {
    Select select = request.select();
    if (select == null) {
      return;
    }
    switch (select) {
      case COUNT -> refuseParts(request, "only the Count");
      case ALL_ATTRIBUTES -> refuseParts(request, "ALL_ATTRIBUTES");
      case ALL_PROJECTED_ATTRIBUTES -> {
        refuseParts(request, "ALL_ATTRIBUTES");
        if (request.indexName() == null) {
          throw new ValidationException(
              "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
      }
      case SPECIFIC_ATTRIBUTES -> {
        if (request.projection() == null && request.attributesToGet() == null) {
          throw counted(
              "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                  + " SPECIFIC_ATTRIBUTES");
        }
      }
    }
  }

  private static void refuseParts(PageRequest request, String choice) {
    if (request.projection() != null) {
      throw parts("ProjectionExpression", choice);
    }
    if (request.attributesToGet() != null) {
      throw parts("AttributesToGet", choice);
    }
  }

  private static ValidationException parts(String member, String choice) {
    return counted("Cannot specify the " + member + " when choosing to get " + choice);
  }

  private static ValidationException counted(String problem) {
    return new ValidationException("1 validation error detected: " + problem);
  }
}

package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.Select;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.Substitutions;

/** The common parts of Query and Scan on the wire. Stateless. */
final class PageRequests {
  /** Members whose constraints are checked first, each alone. */
  static final List<String> CHECKED_ALONE = List.of("ReturnConsumedCapacity", "Select");

  static final Shape SELECT =
      new Shape.Text(
          TextRule.oneOf(
              "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"));

  static final Shape LIMIT = whole(1, Integer.MAX_VALUE);

  private PageRequests() {}

  /** Returns the shape of a number whose constraint has the wording of 2026. */
  static Shape whole(int least, int most) {
    return new Shape.Whole(Shape.Width.INTEGER, least, most, Shape.Wording.WITHOUT_VALUE);
  }

  /**
   * Refuses an unknown word in ConditionalOperator, before all other checks and with a message that
   * has no count.
   */
  static void refuseUnknownOperator(Members members) {
    String word = members.text("ConditionalOperator");
    if (word != null) {
      ((Shape.Text) OlderForms.CONDITIONAL_OPERATOR)
          .rules().stream()
              .flatMap(rule -> rule.problem(word, "conditionalOperator").stream())
              .findFirst()
              .ifPresent(problem -> {
                throw new ValidationException(problem);
              });
    }
  }

  /**
   * Reads the members that both operations have.
   *
   * @param filter the name of the older form's filter
   */
  static PageRequest page(Members members, String filter) {
    Item values = members.item("ExpressionAttributeValues");
    return new PageRequest(
        members.text("IndexName"),
        members.number("Limit"),
        members.item("ExclusiveStartKey"),
        members.word("Select", Select.class),
        members.text("FilterExpression"),
        OlderForms.conditions(members, filter),
        OlderForms.conditionalOperator(members),
        members.text("ProjectionExpression"),
        members.texts("AttributesToGet"),
        new Substitutions(
            members.textMap("ExpressionAttributeNames"),
            values == null ? null : values.attributes()),
        members.isTrue("ConsistentRead"),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE));
  }

  static void response(PageResponse page, JsonOutput json) {
    if (page.items() != null) {
      json.writeName("Items").writeStartArray();
      page.items().forEach(item -> AttributeWriter.element(json, item));
      json.writeEndArray();
    }
    json.writeNumberProperty("Count", page.count());
    json.writeNumberProperty("ScannedCount", page.scannedCount());
    ItemResponses.item(json, "LastEvaluatedKey", page.lastEvaluatedKey());
    ItemResponses.capacity(json, page.consumedCapacity());
  }
}

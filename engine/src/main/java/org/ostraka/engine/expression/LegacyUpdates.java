package org.ostraka.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.Path;
import org.ostraka.expression.SetValue;
import org.ostraka.expression.Update;
import org.ostraka.expression.UpdateAction;
import org.ostraka.expression.UpdateOperand;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.AttributeUpdate;

/**
 * Turns the older form's AttributeUpdates into the update of an expression. Stateless.
 *
 * <p>"AttributeUpdates" under "Legacy conditional parameters" in the Developer Guide. The texts are
 * those of dynalite's {@code validations/updateItem.js}.
 */
final class LegacyUpdates {
  private static final AttributeValue NO_ELEMENTS = new AttributeValue.L(List.of());

  private LegacyUpdates() {}

  /**
   * Returns the update; empty when nothing is to change.
   *
   * @throws ValidationException with the service's text: actions without the value that they need,
   *     or with a value of a type that they do not take
   */
  static Optional<Update> update(Map<String, AttributeUpdate> updates) {
    List<UpdateAction> actions = new ArrayList<>();
    updates.forEach((attribute, each) -> actions.add(action(Path.of(attribute), each)));
    return actions.isEmpty()
        ? Optional.empty()
        : Optional.of(new Update(actions, Update.Form.ATTRIBUTE_UPDATES));
  }

  private static UpdateAction action(Path path, AttributeUpdate update) {
    AttributeValue value = update.value();
    return switch (update.action()) {
      case PUT -> set(path, new UpdateOperand.Literal(required(value)));
      case ADD -> add(path, required(value));
      case DELETE ->
          value == null
              ? new UpdateAction.Remove(path)
              : new UpdateAction.Delete(path, requiredSet(value));
    };
  }

  private static UpdateAction add(Path path, AttributeValue value) {
    AttributeType type = AttributeType.of(value);
    if (type == AttributeType.L) {
      UpdateOperand before =
          new UpdateOperand.IfNotExists(path, new UpdateOperand.Literal(NO_ELEMENTS));
      return set(path, new UpdateOperand.ListAppend(before, new UpdateOperand.Literal(value)));
    }
    if (type != AttributeType.N && !type.isSet()) {
      throw ValidationException.ofParameters("ADD action is not supported for the type " + type);
    }
    return new UpdateAction.Add(path, value);
  }

  private static UpdateAction set(Path path, UpdateOperand operand) {
    return new UpdateAction.Set(path, new SetValue.Plain(operand));
  }

  private static AttributeValue required(@Nullable AttributeValue value) {
    if (value == null) {
      throw ValidationException.ofParameters(
          "Only DELETE action is allowed when no attribute value is specified");
    }
    return value;
  }

  private static AttributeValue requiredSet(AttributeValue value) {
    AttributeType type = AttributeType.of(value);
    if (!type.isSet()) {
      throw ValidationException.ofParameters(
          "DELETE action with value is not supported for the type " + type);
    }
    return value;
  }
}

package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.ExpressionParameter;
import org.ostraka.expression.OperandRules;
import org.ostraka.expression.Path;
import org.ostraka.expression.PathRules;
import org.ostraka.expression.SetValue;
import org.ostraka.expression.Update;
import org.ostraka.expression.UpdateAction;
import org.ostraka.expression.UpdateOperand;
import org.ostraka.model.AttributeValue;

/**
 * The binder that makes an update from the clauses of an UPDATE. Immutable.
 *
 * <p>"PartiQL update statements for DynamoDB" in the Developer Guide: set_add and set_delete are
 * the ADD and DELETE of expressions. Their texts are floci's ({@code DynamoDbPartiQLParser}), which
 * has them from the service.
 */
final class ChangeBinder {
  private final ValueBinder values;
  private final OperandRules rules = new OperandRules(ExpressionParameter.STATEMENT);

  ChangeBinder(ValueBinder values) {
    this.values = values;
  }

  Update update(List<StatementSyntax.Change> changes) {
    List<UpdateAction> actions = new ArrayList<>(changes.size());
    for (StatementSyntax.Change change : changes) {
      Path path = values.path(change.path());
      actions.add(
          change
              .value()
              .map(value -> set(path, value))
              .orElseGet(() -> new UpdateAction.Remove(path)));
    }
    PathRules.refuseOverlap(
        ExpressionParameter.STATEMENT, actions.stream().map(UpdateAction::path).toList());
    return new Update(actions);
  }

  private UpdateAction set(Path path, Term value) {
    return switch (value.bare()) {
      case Term.Call call when call.function().equals("set_add") ->
          new UpdateAction.Add(path, elements(path, call));
      case Term.Call call when call.function().equals("set_delete") ->
          new UpdateAction.Delete(path, elements(path, call));
      default -> new UpdateAction.Set(path, setValue(value));
    };
  }

  /** Returns the set to add to the attribute or to remove from it. */
  private AttributeValue elements(Path path, Term.Call call) {
    String function = call.function().toUpperCase(Locale.ROOT);
    if (call.operands().size() != 2) {
      throw StatementErrors.invalid(
          function + " must have exactly two arguments at " + call.at().place());
    }
    Term first = call.operands().getFirst();
    if (!(first.bare() instanceof Term.Path target) || !values.path(target).equals(path)) {
      throw StatementErrors.invalid(
          "The first argument to "
              + function
              + " must equal the assignment value at "
              + call.at().place());
    }
    return values
        .value(call.operands().getLast())
        .filter(value -> AttributeType.of(value).isSet())
        .orElseThrow(() ->
            StatementErrors.invalid(
                "The second argument to "
                    + function
                    + " must be a value with type SET at "
                    + first.at().place()));
  }

  private SetValue setValue(Term term) {
    if (term.bare() instanceof Term.Binary(Token operator, Term a, Term b)
        && (operator.text().equals("+") || operator.text().equals("-"))) {
      UpdateOperand left = operand(a);
      UpdateOperand right = operand(b);
      requireLiteralType(operator.text(), List.of(left, right), AttributeType.N);
      return operator.text().equals("+")
          ? new SetValue.Sum(left, right)
          : new SetValue.Difference(left, right);
    }
    return new SetValue.Plain(operand(term));
  }

  private UpdateOperand operand(Term term) {
    Optional<AttributeValue> value = values.value(term);
    if (value.isPresent()) {
      return new UpdateOperand.Literal(value.get());
    }
    return switch (term.bare()) {
      case Term.Path path -> new UpdateOperand.Attribute(values.path(path));
      case Term.Call call when call.function().equals("list_append") -> {
        WhereBinder.requireOperands(call, 2);
        UpdateOperand first = operand(call.operands().getFirst());
        UpdateOperand second = operand(call.operands().getLast());
        requireLiteralType(call.function(), List.of(first, second), AttributeType.L);
        yield new UpdateOperand.ListAppend(first, second);
      }
      case Term.Call call -> throw WhereBinder.unrecognized(call);
      default -> throw StatementErrors.unsupported("operand", term.at());
    };
  }

  private void requireLiteralType(
      String operator, List<UpdateOperand> operands, AttributeType required) {
    for (UpdateOperand operand : operands) {
      if (operand instanceof UpdateOperand.Literal(AttributeValue value)
          && AttributeType.of(value) != required) {
        throw rules.wrongType(operator, AttributeType.of(value).name());
      }
    }
  }
}

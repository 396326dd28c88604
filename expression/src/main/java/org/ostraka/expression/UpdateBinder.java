package org.ostraka.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.error.ValidationException;

/**
 * The binder that makes updates from syntax and placeholders. Immutable.
 *
 * <p>It finds errors in the order of DynamoDB Local 3.3.1, as the Expression Tester of
 * KeyValueStore.com describes it: the paths that are written, their placeholders and their
 * overlaps; then, from the last action to the first, all other placeholders for names; then, again
 * from the last to the first, values, numbers of operands and types.
 */
final class UpdateBinder {
  private final Bindings bindings;
  private final OperandRules rules;
  private final SyntaxCheck check;

  UpdateBinder(Bindings bindings) {
    this.bindings = bindings;
    this.rules = new OperandRules(bindings.parameter());
    this.check = new SyntaxCheck(bindings.parameter());
  }

  Update bind(UpdateSyntax syntax) {
    List<UpdateSyntax.Action> actions = syntax.actions();
    actions.forEach(action -> bindings.requireNames(action.path()));
    PathRules.refuseOverlap(
        bindings.parameter(), actions.stream().map(a -> bindings.path(a.path())).toList());
    List<UpdateSyntax.Action> backwards = actions.reversed();
    for (UpdateSyntax.Action action : backwards) {
      action.value().ifPresent(value -> forEachPath(value, bindings::requireNames));
    }
    Deque<UpdateAction> bound = new ArrayDeque<>();
    for (UpdateSyntax.Action action : backwards) {
      bound.addFirst(action(action));
    }
    return new Update(List.copyOf(bound));
  }

  private static void forEachPath(Syntax value, Consumer<Syntax.DocumentPath> consumer) {
    switch (value.bare()) {
      case Syntax.DocumentPath path -> consumer.accept(path);
      case Syntax.Call(_, List<Syntax> operands) ->
          operands.forEach(operand -> forEachPath(operand, consumer));
      case Syntax.Arithmetic(_, Syntax left, Syntax right) -> {
        forEachPath(left, consumer);
        forEachPath(right, consumer);
      }
      default -> {}
    }
  }

  private UpdateAction action(UpdateSyntax.Action action) {
    Path path = bindings.path(action.path());
    return switch (action.keyword()) {
      case SET -> new UpdateAction.Set(path, setValue(action.value().orElseThrow()));
      case REMOVE -> new UpdateAction.Remove(path);
      case ADD -> {
        AttributeValue value = literal(action);
        AttributeType type = AttributeType.of(value);
        if (type != AttributeType.N && !type.isSet()) {
          throw wrongType("ADD", type);
        }
        yield new UpdateAction.Add(path, value);
      }
      case DELETE -> {
        AttributeValue value = literal(action);
        AttributeType type = AttributeType.of(value);
        if (!type.isSet()) {
          throw wrongType("DELETE", type);
        }
        yield new UpdateAction.Delete(path, value);
      }
      default -> throw new AssertionError("the grammar knows four keywords");
    };
  }

  private AttributeValue literal(UpdateSyntax.Action action) {
    return bindings.value((Syntax.Value) action.value().orElseThrow());
  }

  /**
   * Returns the error for a wrong type, with the text as typedorm issue 264 and ExtendDB captured
   * it.
   */
  private ValidationException wrongType(String operator, AttributeType type) {
    return bindings
        .parameter()
        .invalid(
            "Incorrect operand type for operator or function; operator: "
                + operator
                + ", operand type: "
                + type.longName()
                + ", typeSet: ALLOWED_FOR_"
                + operator
                + "_OPERAND");
  }

  private SetValue setValue(Syntax syntax) {
    if (syntax.bare() instanceof Syntax.Arithmetic(String operator, Syntax a, Syntax b)) {
      UpdateOperand left = operand(a);
      UpdateOperand right = operand(b);
      requireLiteralType(operator, List.of(left, right), AttributeType.N);
      return operator.equals("+")
          ? new SetValue.Sum(left, right)
          : new SetValue.Difference(left, right);
    }
    return new SetValue.Plain(operand(syntax));
  }

  private UpdateOperand operand(Syntax syntax) {
    return switch (syntax.bare()) {
      case Syntax.DocumentPath path -> new UpdateOperand.Attribute(bindings.path(path));
      case Syntax.Value value -> new UpdateOperand.Literal(bindings.value(value));
      case Syntax.Call call -> call(call);
      default -> throw new AssertionError("the grammar lets nothing else be an operand");
    };
  }

  private UpdateOperand call(Syntax.Call call) {
    Function function = check.function(call);
    check.operandCount(call, function);
    UpdateOperand first = operand(call.operands().getFirst());
    UpdateOperand second = operand(call.operands().getLast());
    if (function == Function.LIST_APPEND) {
      requireLiteralType(function.text(), List.of(first, second), AttributeType.L);
      return new UpdateOperand.ListAppend(first, second);
    }
    if (!(first instanceof UpdateOperand.Attribute(Path path))) {
      throw rules.pathRequired(function);
    }
    if (first.equals(second)) {
      throw rules.notDistinct(function.text(), path);
    }
    return new UpdateOperand.IfNotExists(path, second);
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

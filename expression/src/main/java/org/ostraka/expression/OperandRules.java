package org.ostraka.expression;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.error.ValidationException;

/**
 * The rules for operands of operators and functions that need no item: types of values, required
 * paths, operands that must differ. Immutable.
 *
 * <p>The texts are the service's: dynalite's {@code conditionParser.pegjs}, ExtendDB issues 61, 65
 * and 99 and pull request 216.
 */
public final class OperandRules {
  private static final Set<AttributeType> WITH_SIZE =
      EnumSet.complementOf(EnumSet.of(AttributeType.N, AttributeType.BOOL, AttributeType.NULL));

  // In the service's order, which is that of a hash set.
  private static final String TYPE_NAMES = "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}";
  private static final String ANY_TYPE = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";

  private final ExpressionParameter parameter;

  public OperandRules(ExpressionParameter parameter) {
    this.parameter = parameter;
  }

  public void size(Operand of) {
    requireType(Function.SIZE.text(), List.of(of), WITH_SIZE);
  }

  public void ordered(String operator, List<Operand> operands) {
    requireType(operator, operands, EnumSet.of(AttributeType.S, AttributeType.N, AttributeType.B));
  }

  public void textOrBinary(String function, List<Operand> operands) {
    requireType(function, operands, EnumSet.of(AttributeType.S, AttributeType.B));
  }

  private void requireType(String operator, List<Operand> operands, Set<AttributeType> allowed) {
    for (Operand operand : operands) {
      operand
          .fixedType()
          .filter(type -> !allowed.contains(type))
          .ifPresent(type -> {
            throw wrongType(operator, type.name());
          });
    }
  }

  public ValidationException wrongType(String operator, String type) {
    return parameter.invalid(
        "Incorrect operand type for operator or function; operator or function: "
            + operator
            + ", operand type: "
            + type);
  }

  Path path(Function function, Operand operand) {
    return path(function.text(), operand);
  }

  /** Returns the operand's path; refuses an operand that is no path. */
  public Path path(String function, Operand operand) {
    if (operand instanceof Operand.Attribute(Path path)) {
      return path;
    }
    throw pathRequired(function);
  }

  ValidationException pathRequired(Function function) {
    return pathRequired(function.text());
  }

  private ValidationException pathRequired(String function) {
    return parameter.invalid(
        "Operator or function requires a document path; operator or function: " + function);
  }

  public void distinct(String operator, Operand first, List<Operand> others) {
    if (first instanceof Operand.Attribute(Path path) && others.contains(first)) {
      throw notDistinct(operator, path);
    }
  }

  ValidationException notDistinct(String operator, Path path) {
    return parameter.invalid(
        "The first operand must be distinct from the remaining operands for this operator or"
            + " function; operator: "
            + operator
            + ", first operand: "
            + path.text());
  }

  public AttributeType typeName(Operand operand) {
    if (!(operand instanceof Operand.Literal(AttributeValue.S(String name)))) {
      String type = operand.fixedType().map(Enum::name).orElse(ANY_TYPE);
      throw wrongType(Function.ATTRIBUTE_TYPE.text(), type);
    }
    for (AttributeType type : AttributeType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw parameter.invalid(
        "Invalid attribute type name found; type: " + name + ", valid types: " + TYPE_NAMES);
  }

  public void candidateCount(int count) {
    if (count > ExpressionLimits.IN_OPERANDS) {
      throw parameter.invalid(
          "The IN operator is provided with too many operands; number of operands: " + count);
    }
  }

  public void bounds(Operand lower, Operand upper) {
    if (lower instanceof Operand.Literal(AttributeValue low)
        && upper instanceof Operand.Literal(AttributeValue high)) {
      if (AttributeType.of(low) != AttributeType.of(high)) {
        throw wrongBounds("same data type for lower and upper bounds", low, high);
      }
      if (ValueOrder.compare(low, high).orElseThrow() > 0) {
        throw wrongBounds("upper bound to be greater than or equal to lower bound", low, high);
      }
    }
  }

  private ValidationException wrongBounds(String rule, AttributeValue lower, AttributeValue upper) {
    return parameter.invalid(
        "The BETWEEN operator requires "
            + rule
            + "; lower bound operand: "
            + bound(lower)
            + ", upper bound operand: "
            + bound(upper));
  }

  /** Returns a value that has an order, as the service's messages show it. */
  private static String bound(AttributeValue value) {
    return "AttributeValue: {" + AttributeType.of(value) + ":" + content(value) + "}";
  }

  private static String content(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text;
      case AttributeValue.N n -> DecimalNumber.text(n.value());
      case AttributeValue.B(Bytes bytes) ->
          "java.nio.HeapByteBuffer[pos=0 lim="
              + bytes.sizeBytes()
              + " cap="
              + bytes.sizeBytes()
              + "]";
      case AttributeValue.Bool _,
          AttributeValue.Null _,
          AttributeValue.L _,
          AttributeValue.M _,
          AttributeValue.SS _,
          AttributeValue.NS _,
          AttributeValue.BS _ ->
          throw new AssertionError("bounds have an order");
    };
  }
}

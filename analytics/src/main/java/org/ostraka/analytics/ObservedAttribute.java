package org.ostraka.analytics;

import java.math.BigDecimal;
import org.ostraka.model.AttributeValue;

/** What the values of an attribute are in all items, from which its column follows. One thread. */
final class ObservedAttribute {
  private static final int LONG_DIGITS = 18;

  /** The types of values. */
  private enum Type {
    NONE,
    S,
    N,
    B,
    BOOL,
    SS,
    NS,
    BS,
    SEVERAL
  }

  private Type type = Type.NONE;
  private int digitsBefore;
  private int digitsAfter;

  /** Takes a value; null values say nothing. */
  void add(AttributeValue value) {
    Type next = type(value);
    if (next == Type.NONE) {
      return;
    }
    type = type == Type.NONE || type == next ? next : Type.SEVERAL;
    switch (value) {
      case AttributeValue.N(BigDecimal number) -> digits(number);
      case AttributeValue.NS(var numbers) -> numbers.forEach(this::digits);
      default -> {}
    }
  }

  private void digits(BigDecimal number) {
    digitsBefore = Math.max(digitsBefore, number.precision() - number.scale());
    digitsAfter = Math.max(digitsAfter, number.scale());
  }

  private static Type type(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S _ -> Type.S;
      case AttributeValue.N _ -> Type.N;
      case AttributeValue.B _ -> Type.B;
      case AttributeValue.Bool _ -> Type.BOOL;
      case AttributeValue.SS _ -> Type.SS;
      case AttributeValue.NS _ -> Type.NS;
      case AttributeValue.BS _ -> Type.BS;
      case AttributeValue.L _, AttributeValue.M _ -> Type.SEVERAL;
      case AttributeValue.Null _ -> Type.NONE;
    };
  }

  ColumnType column() {
    return switch (type) {
      case NONE, SEVERAL -> ColumnType.one(ColumnType.Kind.JSON);
      case S -> ColumnType.one(ColumnType.Kind.TEXT);
      case B -> ColumnType.one(ColumnType.Kind.BINARY);
      case BOOL -> ColumnType.one(ColumnType.Kind.FLAG);
      case SS -> ColumnType.set(ColumnType.Kind.TEXT);
      case BS -> ColumnType.set(ColumnType.Kind.BINARY);
      case N -> numbers(false);
      case NS -> numbers(true);
    };
  }

  private ColumnType numbers(boolean isSet) {
    if (digitsAfter == 0 && digitsBefore <= LONG_DIGITS) {
      return new ColumnType(ColumnType.Kind.WHOLE, isSet, 0);
    }
    return Math.max(digitsBefore, 0) + digitsAfter <= ColumnType.DECIMAL_DIGITS
        ? new ColumnType(ColumnType.Kind.DECIMAL, isSet, digitsAfter)
        : new ColumnType(ColumnType.Kind.NUMBER_TEXT, isSet, 0);
  }
}

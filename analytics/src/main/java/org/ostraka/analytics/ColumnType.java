package org.ostraka.analytics;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;

/**
 * The type of a column: how the values of an attribute are stored. Immutable.
 *
 * @param isSet whether the column has lists of such values, for attributes that are sets
 * @param scale the digits after the point, for decimals
 */
record ColumnType(Kind kind, boolean isSet, int scale) {
  /** The most digits of a decimal of Parquet that all readers take. */
  static final int DECIMAL_DIGITS = 38;

  /** What one value is. */
  enum Kind {
    TEXT("VARCHAR"),
    BINARY("BLOB"),
    FLAG("BOOLEAN"),
    WHOLE("BIGINT"),
    DECIMAL("DECIMAL"),
    /** Numbers that need more digits than a decimal has, as text. */
    NUMBER_TEXT("VARCHAR"),
    /** Values of several types, lists and maps, as DynamoDB JSON. */
    JSON("VARCHAR");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }
  }

  static ColumnType one(Kind kind) {
    return new ColumnType(kind, false, 0);
  }

  static ColumnType set(Kind kind) {
    return new ColumnType(kind, true, 0);
  }

  String sql() {
    String one = kind == Kind.DECIMAL ? "DECIMAL(" + DECIMAL_DIGITS + "," + scale + ")" : kind.sql;
    return isSet ? one + "[]" : one;
  }

  /** Returns the type's name in the files' metadata. */
  String label() {
    return kind == Kind.JSON ? "dynamodb-json" : kind == Kind.NUMBER_TEXT ? "number" : "typed";
  }

  /** Returns whether the column has a null for this value, as for one that is absent. */
  boolean isNull(AttributeValue value) {
    return value instanceof AttributeValue.Null && kind != Kind.JSON;
  }

  /** Returns the value as the column has it; must not be called for a null value. */
  Object stored(AttributeValue value) {
    if (kind == Kind.JSON) {
      return AttributeJson.text(value);
    }
    return switch (value) {
      case AttributeValue.S(String text) -> text;
      case AttributeValue.B(Bytes bytes) -> bytes.array();
      case AttributeValue.Bool(boolean flag) -> flag;
      case AttributeValue.N(BigDecimal number) -> number(number);
      case AttributeValue.SS(var texts) -> List.copyOf(texts);
      case AttributeValue.NS(var numbers) -> list(numbers, this::number);
      case AttributeValue.BS(var values) -> list(values, Bytes::array);
      case AttributeValue.L _, AttributeValue.M _, AttributeValue.Null _ ->
          throw new IllegalArgumentException("no column has this type");
    };
  }

  private static <T> List<Object> list(Collection<T> values, Function<T, Object> form) {
    return values.stream().map(form).toList();
  }

  private Object number(BigDecimal number) {
    return switch (kind) {
      case WHOLE -> number.longValueExact();
      case DECIMAL -> number.setScale(scale);
      case NUMBER_TEXT -> DecimalNumber.text(number);
      case TEXT, BINARY, FLAG, JSON -> throw new IllegalArgumentException("no column of numbers");
    };
  }
}

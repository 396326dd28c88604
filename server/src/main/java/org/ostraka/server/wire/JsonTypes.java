package org.ostraka.server.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Utf8;
import org.ostraka.model.error.SerializationException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The service's messages about a JSON value of the wrong type. Stateless.
 *
 * <p>The texts are pinned by the transcripts in {@code Serialization/}, which name their sources.
 */
final class JsonTypes {
  static final String PACKAGE = "com.amazonaws.dynamodb.v20120810.";

  /** The most characters of a whole number that are read. */
  private static final int MAX_WHOLE_CHARS = 1_000;

  private static final String NOT_A_MAP = "Start of structure or map found where not expected";

  private JsonTypes() {}

  /** The place of a value, which decides the message about a scalar instead of a structure. */
  enum Place {
    FIELD("Unexpected field type"),
    ELEMENT("Unexpected value type in payload");

    private final String scalarProblem;

    Place(String scalarProblem) {
      this.scalarProblem = scalarProblem;
    }
  }

  static String text(JsonParser parser, String type, String javaType) {
    return encodable(string(parser, type, javaType));
  }

  /** Reads a value of the type S, which checks itself that it has a UTF-8 form. */
  static AttributeValue.S textValue(JsonParser parser) {
    String text = string(parser, "String", "class java.lang.String");
    try {
      return new AttributeValue.S(text);
    } catch (IllegalArgumentException _) {
      throw unpaired();
    }
  }

  private static String string(JsonParser parser, String type, String javaType) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw notScalar(parser, type, javaType);
    }
    return parser.getString();
  }

  /** Returns the text; refuses half of a surrogate pair, which has no UTF-8 form. */
  static String encodable(String text) {
    if (!Utf8.isEncodable(text)) {
      throw unpaired();
    }
    return text;
  }

  private static SerializationException unpaired() {
    return new SerializationException("Unpaired surrogate in a string");
  }

  static Long whole(JsonParser parser, String type) {
    return floor(parser, type, 0);
  }

  /**
   * Returns a number times a power of ten, rounded down, in a time that neither its exponent nor
   * its length makes long.
   */
  static long floor(JsonParser parser, String type, int powerOfTen) {
    if (parser.getStringLength() > MAX_WHOLE_CHARS) {
      // Refused without reading: the time would grow with the square of its length.
      throw inconvertible(type);
    }
    BigDecimal number = decimal(parser, type);
    long integerDigits = (long) number.precision() - number.scale() + powerOfTen;
    if (number.signum() == 0) {
      return 0;
    }
    if (integerDigits <= 0) {
      // A fraction with a large exponent is rounded down without computing the power of ten.
      return number.signum() < 0 ? -1 : 0;
    }
    if (integerDigits > Long.toString(Long.MAX_VALUE).length()) {
      throw inconvertible(type);
    }
    try {
      return number.movePointRight(powerOfTen).setScale(0, RoundingMode.FLOOR).longValueExact();
    } catch (ArithmeticException _) {
      throw inconvertible(type);
    }
  }

  static BigDecimal decimal(JsonParser parser, String type) {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException _) {
      // The exponent is larger than a decimal can have.
      throw inconvertible(type);
    }
  }

  static SerializationException inconvertible(String type) {
    return new SerializationException("NUMBER_VALUE cannot be converted to " + type);
  }

  /** Returns the error for a value that is no scalar of this type. */
  static SerializationException notScalar(JsonParser parser, String type, String javaType) {
    return new SerializationException(
        switch (parser.currentToken()) {
          case VALUE_NUMBER_INT -> "NUMBER_VALUE cannot be converted to " + type;
          case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE cannot be converted to " + type;
          case VALUE_TRUE -> "TRUE_VALUE cannot be converted to " + type;
          case VALUE_FALSE -> "FALSE_VALUE cannot be converted to " + type;
          case START_ARRAY -> "Unrecognized collection type " + javaType;
          case START_OBJECT -> NOT_A_MAP;
          default -> "Unexpected token received from parser";
        });
  }

  static void requireArray(JsonParser parser) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      throw new SerializationException(NOT_A_MAP);
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new SerializationException(Place.FIELD.scalarProblem);
    }
  }

  static void requireObject(JsonParser parser, String javaType, Place place) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      throw new SerializationException("Unrecognized collection type " + javaType);
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new SerializationException(place.scalarProblem);
    }
  }
}

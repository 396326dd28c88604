package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.error.AttributeNames;
import org.ostraka.model.error.SerializationException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads attribute values. One thread.
 *
 * <p>A value that breaks a rule is noted in {@link Findings} and replaced with NULL. The request is
 * refused later, in the service's order of checks.
 */
final class AttributeReader {
  private static final AttributeValue NULL = new AttributeValue.Null();
  private static final AttributeValue BROKEN = NULL;
  private static final AttributeValue TRUE = new AttributeValue.Bool(true);
  private static final AttributeValue FALSE = new AttributeValue.Bool(false);
  private static final String VALUE_TYPE = "class " + JsonTypes.PACKAGE + "AttributeValue";
  private static final String MAP_TYPE =
      "java.util.Map<java.lang.String, " + JsonTypes.PACKAGE + "AttributeValue>";

  private final JsonParser parser;
  private final Findings findings;
  private final ValueWording wording;
  private final SetReader sets;
  private boolean substituted;

  AttributeReader(JsonParser parser, Findings findings, ValueWording wording) {
    this.parser = parser;
    this.findings = findings;
    this.wording = wording;
    this.sets = new SetReader(parser, findings, wording);
  }

  /** Reads the item or key at the parser's position. */
  Item item() {
    return Item.wrap(map(1));
  }

  /** Reads the value at the parser's position. */
  AttributeValue value(JsonTypes.Place place) {
    return value(1, place);
  }

  /**
   * Reads values by their placeholders. The placeholders themselves are checked with the
   * expressions.
   */
  Item substitutedValues() {
    substituted = true;
    Item values = Item.wrap(map(1));
    substituted = false;
    return values;
  }

  /**
   * Reads values by name.
   *
   * @param level the values' level of nesting, 1 for those of an item
   */
  private Map<String, AttributeValue> map(int level) {
    JsonTypes.requireObject(parser, MAP_TYPE, JsonTypes.Place.FIELD);
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = JsonTypes.encodable(parser.currentName());
      parser.nextToken();
      if (level > 1 || !substituted) {
        noteName(name);
      }
      AttributeValue value = value(level, JsonTypes.Place.ELEMENT);
      if (values.put(name, value) != null) {
        throw new SerializationException("Duplicate field '" + name + "'");
      }
    }
    return values;
  }

  /** Notes a problem with the name of an attribute, if there is one. */
  void noteName(String name) {
    ValueFault fault = name.isEmpty() ? ValueFault.EMPTY_NAME : ValueFault.LONG_NAME;
    AttributeNames.problem(name).ifPresent(problem -> findings.value(fault, problem));
  }

  private AttributeValue value(int level, JsonTypes.Place place) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      findings.value(
          ValueFault.FORM,
          "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
      return BROKEN;
    }
    JsonTypes.requireObject(parser, VALUE_TYPE, place);
    if (level > Limits.NESTING_LEVELS) {
      findings.value(
          ValueFault.FORM,
          "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
              + " beyond supported limit");
      skipLevels(level);
      return BROKEN;
    }
    return taggedValue(level);
  }

  /** Skips a value and notes its deepest level of nesting. */
  private void skipLevels(int level) {
    int outside = parser.streamReadContext().getNestingDepth();
    int deepest = outside;
    for (int open = 1; open > 0; ) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        open++;
        deepest = Math.max(deepest, parser.streamReadContext().getNestingDepth());
      } else if (token.isStructEnd()) {
        open--;
      }
    }
    // Each level of values is two levels of JSON: an object, and a map or list.
    findings.level(level + (deepest - outside) / 2);
  }

  private AttributeValue taggedValue(int level) {
    AttributeValue value = null;
    int types = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String tag = parser.currentName();
      parser.nextToken();
      AttributeValue next = ofType(tag, level);
      if (next != null) {
        value = next;
        types++;
      }
    }
    if (value == null) {
      findings.value(
          ValueFault.FORM,
          "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
      return BROKEN;
    }
    if (types > 1) {
      findings.value(
          ValueFault.FORM,
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    return value;
  }

  /** Returns the value under a type's tag; null when the value is absent or the tag is unknown. */
  private @Nullable AttributeValue ofType(String tag, int level) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (tag) {
      case "S" -> JsonTypes.textValue(parser);
      case "N" -> number();
      case "B" -> new AttributeValue.B(binary(parser));
      case "BOOL" -> MemberReader.flag(parser) ? TRUE : FALSE;
      case "NULL" -> nullValue();
      case "M" -> new AttributeValue.M(map(level + 1));
      case "L" -> new AttributeValue.L(list(level + 1));
      case "SS" -> sets.texts();
      case "NS" -> sets.numbers();
      case "BS" -> sets.binaries();
      default -> {
        parser.skipChildren();
        yield null;
      }
    };
  }

  private AttributeValue number() {
    String text = JsonTypes.text(parser, "String", "class java.lang.String");
    return Numbers.read(text, findings, wording)
        .<AttributeValue>map(AttributeValue.N::new)
        .orElse(BROKEN);
  }

  private AttributeValue nullValue() {
    if (!MemberReader.flag(parser)) {
      findings.value(
          ValueFault.FORM,
          "One or more parameter values were invalid: Null attribute value types must have the"
              + " value of true");
    }
    return NULL;
  }

  private List<AttributeValue> list(int level) {
    JsonTypes.requireArray(parser);
    List<AttributeValue> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(level, JsonTypes.Place.ELEMENT));
    }
    return values;
  }

  /**
   * Reads Base64 as the service does: in whole groups of four, and only in the form in which it
   * would be written.
   */
  static Bytes binary(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> decoded(parser.getString());
      case START_ARRAY ->
          throw new SerializationException(
              "Unrecognized collection type class java.nio.ByteBuffer");
      case START_OBJECT ->
          throw new SerializationException("Start of structure or map found where not expected");
      default ->
          throw new SerializationException("only base-64-encoded strings are convertible to bytes");
    };
  }

  private static Bytes decoded(String text) {
    if (text.length() % 4 != 0) {
      throw new SerializationException(
          "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return Bytes.wrap(bytes);
      }
    } catch (IllegalArgumentException _) {
      // Refused below with the same message as text in another form.
    }
    throw new SerializationException("Invalid last non-pad Base64 character dectected");
  }
}

package org.ostraka.server.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.error.SerializationException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads JSON as the members of a structure. One thread.
 *
 * <p>A JSON value of the wrong type is a {@link SerializationException} at once, with the service's
 * message. A value that only breaks a rule is noted in {@link Findings}, which refuse the request
 * when it is read to its end.
 */
final class MemberReader {
  /** The last second of the year 9999, as milliseconds. */
  private static final long MAX_MILLIS = 253_402_300_799_000L;

  private static final int MILLI_DIGITS = 3;
  private static final Set<String> TRUE_WORDS = Set.of("TRUE", "1", "YES");
  private static final Set<String> FALSE_WORDS = Set.of("FALSE", "0", "NO");

  private final JsonParser parser;
  private final Findings findings;
  private final AttributeReader attributes;

  MemberReader(JsonParser parser, Findings findings, ValueWording wording) {
    this.parser = parser;
    this.findings = findings;
    this.attributes = new AttributeReader(parser, findings, wording);
  }

  /** Reads the object at the parser's position to its end. */
  Members structure(Shape.Structure structure) {
    Map<String, Object> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = JsonTypes.encodable(parser.currentName());
      parser.nextToken();
      Object value = member(structure, name);
      if (value != null && values.put(name, value) != null) {
        throw new SerializationException("Duplicate field '" + name + "'");
      }
    }
    return new Members(values);
  }

  private @Nullable Object member(Shape.Structure structure, String name) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    Optional<Shape.Member> member = structure.member(name);
    if (member.isPresent() && !(member.get().shape() instanceof Shape.Later)) {
      if (member.get().shape().namesAttributes()) {
        findings.within(name);
      }
      return value(member.get().shape(), JsonTypes.Place.FIELD);
    }
    findings.unsupported(name, member.isPresent());
    parser.skipChildren();
    return null;
  }

  private @Nullable Object value(Shape shape, JsonTypes.Place place) {
    return switch (shape) {
      case Shape.Text _ -> text();
      case Shape.Whole whole -> whole(whole);
      case Shape.Flag _ -> flag();
      case Shape.Moment _ -> moment();
      case Shape.Real _ -> real();
      case Shape.Attributes _ -> attributes.item();
      case Shape.SubstitutedValues _ -> attributes.substitutedValues();
      case Shape.Value _ -> attributes.value(place);
      case Shape.MapOf map -> structuresByName(map.element());
      case Shape.TextMap _ -> textMap();
      case Shape.ListOf list -> list(list);
      case Shape.ByTable tables -> byTable(tables.element());
      case Shape.Part part -> part(part, place);
      case Shape.Structure structure -> {
        JsonTypes.requireObject(parser, "class " + JsonTypes.PACKAGE + structure.javaName(), place);
        yield structure(structure);
      }
      case Shape.Later _ -> throw new IllegalStateException("a later feature has no value");
    };
  }

  private String text() {
    return JsonTypes.text(parser, "String", "class java.lang.String");
  }

  private Long whole(Shape.Whole whole) {
    String type = whole.width().javaName();
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        Long number = JsonTypes.whole(parser, type);
        if (!whole.width().holds(number)) {
          throw JsonTypes.inconvertible(type);
        }
        yield number;
      }
      case VALUE_STRING ->
          throw new SerializationException("STRING_VALUE cannot be converted to " + type);
      default -> throw JsonTypes.notScalar(parser, type, "class java.lang." + type);
    };
  }

  private Instant moment() {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        long millis = JsonTypes.floor(parser, "Date", MILLI_DIGITS);
        if (millis < -MAX_MILLIS || millis > MAX_MILLIS) {
          throw JsonTypes.inconvertible("Date");
        }
        yield Instant.ofEpochMilli(millis);
      }
      case VALUE_STRING ->
          throw new SerializationException("STRING_VALUE cannot be converted to Date");
      default -> throw JsonTypes.notScalar(parser, "Date", "class java.util.Date");
    };
  }

  private Double real() {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          JsonTypes.decimal(parser, "Double").doubleValue();
      case VALUE_STRING ->
          throw new SerializationException("STRING_VALUE cannot be converted to Double");
      default -> throw JsonTypes.notScalar(parser, "Double", "class java.lang.Double");
    };
  }

  private Boolean flag() {
    return flag(parser);
  }

  static Boolean flag(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> flagWord(parser.getString());
      default -> throw JsonTypes.notScalar(parser, "Boolean", "class java.lang.Boolean");
    };
  }

  private static Boolean flagWord(String text) {
    String word = text.toUpperCase(Locale.ROOT);
    if (!TRUE_WORDS.contains(word) && !FALSE_WORDS.contains(word)) {
      throw new SerializationException("Unexpected token received from parser");
    }
    return TRUE_WORDS.contains(word);
  }

  private Map<String, String> textMap() {
    JsonTypes.requireObject(
        parser, "java.util.Map<java.lang.String, java.lang.String>", JsonTypes.Place.FIELD);
    Map<String, String> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = JsonTypes.encodable(parser.currentName());
      parser.nextToken();
      if (values.put(name, text()) != null) {
        throw new SerializationException("Duplicate field '" + name + "'");
      }
    }
    return values;
  }

  private Map<String, Members> structuresByName(Shape.Structure element) {
    String type = JsonTypes.PACKAGE + element.javaName();
    JsonTypes.requireObject(
        parser, "java.util.Map<java.lang.String, " + type + ">", JsonTypes.Place.FIELD);
    Map<String, Members> structures = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = JsonTypes.encodable(parser.currentName());
      parser.nextToken();
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      attributes.noteName(name);
      JsonTypes.requireObject(parser, "class " + type, JsonTypes.Place.ELEMENT);
      if (structures.put(name, structure(element)) != null) {
        throw new SerializationException("Duplicate field '" + name + "'");
      }
    }
    return structures;
  }

  private @Nullable InTurn part(Shape.Part part, JsonTypes.Place place) {
    Object value = value(part.element(), place);
    return value == null ? null : new InTurn(value, findings.takeValue());
  }

  private Map<String, Object> byTable(Shape element) {
    JsonTypes.requireObject(
        parser,
        "java.util.Map<java.lang.String, " + javaType(element) + ">",
        JsonTypes.Place.FIELD);
    Map<String, Object> tables = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = JsonTypes.encodable(parser.currentName());
      parser.nextToken();
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      Object value = value(element, JsonTypes.Place.ELEMENT);
      if (value != null && tables.put(name, value) != null) {
        throw new SerializationException("Duplicate field '" + name + "'");
      }
    }
    return tables;
  }

  private static String javaType(Shape shape) {
    return switch (shape) {
      case Shape.Structure structure -> JsonTypes.PACKAGE + structure.javaName();
      case Shape.ListOf list -> "java.util.List<" + javaType(list.element()) + ">";
      case Shape.Part part -> javaType(part.element());
      default -> throw new IllegalArgumentException("not what is asked of a table: " + shape);
    };
  }

  private List<Object> list(Shape.ListOf list) {
    JsonTypes.requireArray(parser);
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        throw new SerializationException("Unexpected value type in payload");
      }
      Object element = value(list.element(), JsonTypes.Place.ELEMENT);
      if (element != null) {
        elements.add(element);
      }
    }
    return elements;
  }
}

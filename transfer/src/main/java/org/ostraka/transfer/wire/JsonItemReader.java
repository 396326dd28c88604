package org.ostraka.transfer.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.transfer.format.ConditionMembers;
import org.ostraka.transfer.format.ImportedRecord;
import org.ostraka.transfer.format.ItemReader;
import org.ostraka.transfer.format.Lines;
import org.ostraka.transfer.format.ValueRules;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads items as DynamoDB JSON, an object with the member {@code Item} in each line ("Amazon S3
 * import formats for DynamoDB"). One thread.
 */
public final class JsonItemReader implements ItemReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Lines lines;
  private final boolean hasConditions;
  private final ValueRules rules = new ValueRules();

  private JsonItemReader(InputStream in, boolean hasConditions) {
    this.lines = new Lines(in);
    this.hasConditions = hasConditions;
  }

  /** Makes a reader of items; other members of lines are passed over. */
  public static JsonItemReader ofItems(InputStream in) {
    return new JsonItemReader(in, false);
  }

  /** Makes a reader of items with conditions. */
  public static JsonItemReader ofConditions(InputStream in) {
    return new JsonItemReader(in, true);
  }

  @Override
  public Optional<ImportedRecord> next() throws IOException {
    Optional<Lines.Line> line = lines.next();
    while (line.isPresent() && isBlank(line.get())) {
      line = lines.next();
    }
    return line.map(this::record);
  }

  private static boolean isBlank(Lines.Line line) {
    return line instanceof Lines.Line.Whole(byte[] bytes) && isBlank(bytes);
  }

  private ImportedRecord record(Lines.Line line) {
    return switch (line) {
      case Lines.Line.Whole(byte[] bytes) -> record(bytes);
      case Lines.Line.TooLong _ -> rules.tooLarge();
    };
  }

  private static boolean isBlank(byte[] line) {
    for (byte next : line) {
      if (next != ' ' && next != '\t' && next != '\r') {
        return false;
      }
    }
    return true;
  }

  private ImportedRecord record(byte[] line) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      require(parser.nextToken() == JsonToken.START_OBJECT);
      Map<String, AttributeValue> item = null;
      ConditionMembers condition = new ConditionMembers();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("Item")) {
          item = map(parser, 1);
        } else if (hasConditions) {
          condition(parser, name, condition);
        } else {
          parser.skipChildren();
        }
      }
      require(parser.nextToken() == null);
      if (item == null) {
        return new ImportedRecord.Unreadable("A line has no Item");
      }
      return rules.record(new Item(item), condition.condition());
    } catch (JacksonException | NotDynamoDbJsonException _) {
      return new ImportedRecord.Unreadable("A line is not an item in DynamoDB JSON");
    }
  }

  private void condition(JsonParser parser, String name, ConditionMembers condition) {
    switch (name) {
      case ConditionMembers.EXPRESSION -> condition.expression(text(parser));
      case ConditionMembers.NAMES -> condition.names(names(parser));
      case ConditionMembers.VALUES -> condition.values(map(parser, 1));
      default -> parser.skipChildren();
    }
  }

  private static Map<String, String> names(JsonParser parser) {
    require(parser.currentToken() == JsonToken.START_OBJECT);
    Map<String, String> names = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      names.put(name, text(parser));
    }
    return names;
  }

  /** The line is JSON, but not of this kind. */
  private static final class NotDynamoDbJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotDynamoDbJsonException() {
      super(null, null, false, false);
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new NotDynamoDbJsonException();
    }
  }

  private Map<String, AttributeValue> map(JsonParser parser, int level) {
    require(parser.currentToken() == JsonToken.START_OBJECT);
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      rules.name(name);
      require(values.put(name, value(parser, level)) == null);
    }
    return values;
  }

  private AttributeValue value(JsonParser parser, int level) {
    require(parser.currentToken() == JsonToken.START_OBJECT);
    if (!rules.fits(level)) {
      parser.skipChildren();
      return new AttributeValue.Null();
    }
    AttributeValue value = null;
    int types = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String type = parser.currentName();
      parser.nextToken();
      AttributeValue next = ofType(parser, type, level);
      if (next != null) {
        value = next;
        types++;
      }
    }
    return value != null && types == 1
        ? value
        : rules.broken(
            "Supplied AttributeValue "
                + (types == 0 ? "is empty" : "has more than one datatypes set")
                + ", must contain exactly one of the supported datatypes");
  }

  private @Nullable AttributeValue ofType(JsonParser parser, String type, int level) {
    return switch (type) {
      case "S" -> new AttributeValue.S(text(parser));
      case "N" -> rules.number(text(parser));
      case "B" -> new AttributeValue.B(binary(parser));
      case "BOOL" -> new AttributeValue.Bool(flag(parser));
      case "NULL" -> {
        require(flag(parser));
        yield new AttributeValue.Null();
      }
      case "M" -> new AttributeValue.M(map(parser, level + 1));
      case "L" -> {
        require(parser.currentToken() == JsonToken.START_ARRAY);
        List<AttributeValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(parser, level + 1));
        }
        yield new AttributeValue.L(values);
      }
      case "SS" -> rules.textSet(texts(parser));
      case "NS" -> rules.numberSet(texts(parser));
      case "BS" -> rules.binarySet(texts(parser).stream().map(JsonItemReader::decoded).toList());
      default -> {
        parser.skipChildren();
        yield null;
      }
    };
  }

  private static String text(JsonParser parser) {
    require(parser.currentToken() == JsonToken.VALUE_STRING);
    return parser.getString();
  }

  private static boolean flag(JsonParser parser) {
    require(
        parser.currentToken() == JsonToken.VALUE_TRUE
            || parser.currentToken() == JsonToken.VALUE_FALSE);
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  private static List<String> texts(JsonParser parser) {
    require(parser.currentToken() == JsonToken.START_ARRAY);
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(parser));
    }
    return texts;
  }

  private static Bytes binary(JsonParser parser) {
    return decoded(text(parser));
  }

  private static Bytes decoded(String text) {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      throw new NotDynamoDbJsonException();
    }
  }
}

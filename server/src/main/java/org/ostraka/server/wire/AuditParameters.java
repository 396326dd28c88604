package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.server.audit.AuditEvent;
import org.ostraka.server.audit.AuditedOperation;
import org.ostraka.server.audit.JsonLine;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The parameters of a request that the audit log shows. Of operations on tables these are all, with
 * names in CloudTrail's spelling. Of operations on items these are the members that cannot have
 * contents of items: no keys, no values, no expressions, no statements. One thread.
 */
public final class AuditParameters {
  /** Longer parameters are left out: a line of the log stays a line. */
  private static final int MAX_CHARS = 16 * 1024;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_RESOURCES = 100;

  /** The members of operations on items that say how they are carried out. */
  private static final Set<String> SHOWN_OF_ITEMS =
      Set.of(
          "ConsistentRead",
          "IndexName",
          "Limit",
          "ReturnConsumedCapacity",
          "ReturnItemCollectionMetrics",
          "ReturnValues",
          "ReturnValuesOnConditionCheckFailure",
          "ScanIndexForward",
          "Segment",
          "Select",
          "ShardIteratorType",
          "StreamArn",
          "TableName",
          "TotalSegments");

  private static final Set<String> RESOURCES = Set.of("TableName", "ResourceArn", "StreamArn");

  /** The contents of tables by their names: {@code BatchGetItem} and {@code BatchWriteItem}. */
  private static final String BY_TABLE = "RequestItems";

  /** Members whose elements may name tables or have statements. */
  private static final Set<String> LISTS =
      Set.of("TransactItems", "TransactStatements", "Statements");

  /** A doubled quote ends one literal and begins the next, which are both cut. */
  private static final Pattern TEXT_LITERAL = Pattern.compile("'[^']*+'");

  private static final Pattern TABLE_OF_STATEMENT =
      Pattern.compile("(?i)\\b(?:FROM|INTO|UPDATE)\\s+\"?([A-Za-z0-9_.-]{3,255})");

  private final boolean management;
  private final JsonLine json = new JsonLine();
  private final Set<String> resources = new LinkedHashSet<>();

  private AuditParameters(boolean management) {
    this.management = management;
  }

  /** Returns the parameters in a body; none when it is no object in JSON. */
  public static AuditEvent.Parameters of(AuditedOperation operation, byte[] body) {
    AuditParameters shown = new AuditParameters(operation.isManagement());
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return AuditEvent.Parameters.NONE;
      }
      shown.members(parser);
      List<String> names = new ArrayList<>(shown.resources);
      return new AuditEvent.Parameters(shown.text(), names);
    } catch (JacksonException | IllegalStateException _) {
      return AuditEvent.Parameters.NONE;
    }
  }

  private String text() {
    return json.length() <= MAX_CHARS ? json.toString() : "{\"omitted\":\"too long\"}";
  }

  private void members(JsonParser parser) {
    json.begin('{');
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (management) {
        copy(spelled(name), parser, value, 0);
        noteResource(name, parser, value);
      } else {
        member(name, parser, value);
      }
    }
    json.end('}');
  }

  private void member(String name, JsonParser parser, JsonToken value) {
    noteResource(name, parser, value);
    if (SHOWN_OF_ITEMS.contains(name) && value.isScalarValue()) {
      copy(spelled(name), parser, value, 0);
    } else if (name.equals(BY_TABLE) && value == JsonToken.START_OBJECT) {
      tables(parser);
    } else if (LISTS.contains(name) && value == JsonToken.START_ARRAY) {
      elements(name, parser);
    } else if (name.equals("Statement") && value == JsonToken.VALUE_STRING) {
      tableOf(parser.getString()).ifPresent(this::addResource);
    } else {
      parser.skipChildren();
    }
  }

  private void noteResource(String name, JsonParser parser, JsonToken value) {
    if (RESOURCES.contains(name) && value == JsonToken.VALUE_STRING) {
      addResource(parser.getString());
    }
  }

  private void addResource(String name) {
    if (resources.size() < MAX_RESOURCES) {
      resources.add(name);
    }
  }

  private void tables(JsonParser parser) {
    json.begin(spelled(BY_TABLE), '[');
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String table = parser.currentName();
      addResource(table);
      json.element(table);
      parser.nextToken();
      parser.skipChildren();
    }
    json.end(']');
  }

  /** Writes what each element does with which table, and nothing else of it. */
  private void elements(String name, JsonParser parser) {
    json.begin(spelled(name), '[');
    for (JsonToken element = parser.nextToken();
        element != null && element != JsonToken.END_ARRAY;
        element = parser.nextToken()) {
      if (element != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      json.begin('{');
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        element(parser.currentName(), parser, parser.nextToken());
      }
      json.end('}');
    }
    json.end(']');
  }

  private void element(String name, JsonParser parser, JsonToken value) {
    if (name.equals("Statement") && value == JsonToken.VALUE_STRING) {
      Optional<String> table = tableOf(parser.getString());
      table.ifPresent(this::addResource);
      table.ifPresent(known -> json.text("tableName", known));
    } else if (value == JsonToken.START_OBJECT
        && Set.of("Put", "Update", "Delete", "Get", "ConditionCheck").contains(name)) {
      json.begin(spelled(name), '{');
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String inner = parser.currentName();
        JsonToken content = parser.nextToken();
        if (inner.equals("TableName") && content == JsonToken.VALUE_STRING) {
          addResource(parser.getString());
          json.text("tableName", parser.getString());
        } else {
          parser.skipChildren();
        }
      }
      json.end('}');
    } else {
      parser.skipChildren();
    }
  }

  /**
   * Returns the table of a statement. Its text literals may look like anything, so they are cut.
   */
  private static Optional<String> tableOf(String statement) {
    Matcher table = TABLE_OF_STATEMENT.matcher(TEXT_LITERAL.matcher(statement).replaceAll("''"));
    return table.find() ? Optional.of(table.group(1)) : Optional.empty();
  }

  private void copy(String name, JsonParser parser, JsonToken value, int depth) {
    switch (value) {
      case START_OBJECT -> {
        json.begin(name, '{');
        object(parser, depth);
      }
      case START_ARRAY -> {
        json.begin(name, '[');
        array(parser, depth);
      }
      case VALUE_STRING -> json.text(name, bounded(parser.getString()));
      default -> json.raw(name, parser.getString());
    }
  }

  private void object(JsonParser parser, int depth) {
    requireDepth(depth);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      copy(spelled(parser.currentName()), parser, parser.nextToken(), depth + 1);
    }
    json.end('}');
  }

  private void array(JsonParser parser, int depth) {
    requireDepth(depth);
    for (JsonToken value = parser.nextToken();
        value != null && value != JsonToken.END_ARRAY;
        value = parser.nextToken()) {
      switch (value) {
        case START_OBJECT -> {
          json.begin('{');
          object(parser, depth + 1);
        }
        case START_ARRAY -> {
          json.begin('[');
          array(parser, depth + 1);
        }
        case VALUE_STRING -> json.element(bounded(parser.getString()));
        default -> json.rawElement(parser.getString());
      }
    }
    json.end(']');
  }

  private void requireDepth(int depth) {
    if (depth > MAX_DEPTH || json.length() > MAX_CHARS) {
      throw new IllegalStateException("too much to show");
    }
  }

  private static String bounded(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
  }

  /** CloudTrail's names of members begin with a small letter. */
  private static String spelled(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}

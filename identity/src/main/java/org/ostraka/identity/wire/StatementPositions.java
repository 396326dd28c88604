package org.ostraka.identity.wire;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Where the statements of a policy stand in its text, as IAM's simulations report it: the examples
 * of {@code simulate-custom-policy} and {@code simulate-principal-policy} in the AWS CLI Command
 * Reference. Stateless.
 *
 * <p>There, a statement that stands alone begins behind its brace, and one of a list behind what
 * precedes it; both end behind their closing brace.
 */
public final class StatementPositions {
  private static final JsonFactory FACTORY = new JsonFactory();

  private StatementPositions() {}

  /** A place in a text. Lines and columns are counted from 1. */
  public record Position(int line, int column) {
    static Position behind(JsonParser parser) {
      TokenStreamLocation at = parser.currentLocation();
      return new Position(at.getLineNr(), at.getColumnNr());
    }
  }

  /** Where a statement begins and ends. */
  public record Extent(Position start, Position end) {}

  /** Returns the places of the statements of a legal policy, in order. */
  public static List<Extent> of(String policy) {
    List<Extent> extents = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), policy)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isStatement = parser.currentName().equals("Statement");
        JsonToken value = parser.nextToken();
        if (!isStatement) {
          parser.skipChildren();
        } else if (value == JsonToken.START_OBJECT) {
          Position start = Position.behind(parser);
          parser.skipChildren();
          extents.add(new Extent(start, Position.behind(parser)));
        } else {
          readList(parser, extents);
        }
      }
    }
    return extents;
  }

  private static void readList(JsonParser parser, List<Extent> extents) {
    Position start = Position.behind(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      Position end = Position.behind(parser);
      extents.add(new Extent(start, end));
      start = end;
    }
  }
}

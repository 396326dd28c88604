package org.ostraka.voting;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The conditions that the voting system writes, read by recursive descent. One thread. */
final class Conditions {
  private static final Pattern TOKEN = Pattern.compile("[#:]?\\w+|<=|>=|<>|[=<>(),]");

  private final List<String> tokens = new ArrayList<>();
  private final Map<String, AttributeValue> row;
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private int at;

  private Conditions(
      String text,
      Map<String, AttributeValue> row,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    this.row = row;
    this.names = names;
    this.values = values;
  }

  /** Returns whether a row, which is empty when there is none, meets a condition. */
  static boolean hold(
      @Nullable String text,
      Map<String, AttributeValue> row,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    return text == null || new Conditions(text, row, names, values).whole();
  }

  private boolean whole() {
    boolean holds = either();
    if (at != tokens.size()) {
      throw new IllegalArgumentException("not read to its end: " + tokens);
    }
    return holds;
  }

  private boolean either() {
    boolean holds = both();
    while (accept("OR")) {
      holds |= both();
    }
    return holds;
  }

  private boolean both() {
    boolean holds = term();
    while (accept("AND")) {
      holds &= term();
    }
    return holds;
  }

  private boolean term() {
    if (accept("(")) {
      boolean holds = either();
      expect(")");
      return holds;
    }
    String first = next();
    if (first.equals("attribute_exists") || first.equals("attribute_not_exists")) {
      expect("(");
      boolean exists = row.containsKey(name(next()));
      expect(")");
      return exists == first.equals("attribute_exists");
    }
    String operator = next();
    AttributeValue left = row.get(name(first));
    AttributeValue right = Objects.requireNonNull(values.get(next()), "a value");
    return left != null && compare(left, operator, right);
  }

  private static boolean compare(AttributeValue left, String operator, AttributeValue right) {
    if (operator.equals("=")) {
      return left.equals(right);
    }
    int order = new BigDecimal(left.n()).compareTo(new BigDecimal(right.n()));
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw new IllegalArgumentException("no operator: " + operator);
    };
  }

  private String name(String token) {
    return token.startsWith("#") ? Objects.requireNonNull(names.get(token), token) : token;
  }

  private boolean accept(String token) {
    boolean isNext = at < tokens.size() && tokens.get(at).equals(token);
    at += isNext ? 1 : 0;
    return isNext;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw new IllegalArgumentException(token + " is missing in " + tokens);
    }
  }

  private String next() {
    return tokens.get(at++);
  }
}

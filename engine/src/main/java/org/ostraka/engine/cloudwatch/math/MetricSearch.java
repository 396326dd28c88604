package org.ostraka.engine.cloudwatch.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.model.cloudwatch.Dimension;
import org.ostraka.model.cloudwatch.Metric;

/**
 * The query of a SEARCH: a schema of namespace and dimensions, and terms that metrics must have.
 * "CloudWatch search expression syntax" in the User Guide. One use, one thread.
 */
public final class MetricSearch {
  private static final Pattern SCHEMA = Pattern.compile("^\\s*\\{([^}]*)}");
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:\"([^\"]*)\"|([()=])|([^\\s\"()=]+))");
  private static final int MAX_DEPTH = 50;

  private final List<String> tokens = new ArrayList<>();
  private int next;
  private int depth;

  private MetricSearch(String terms) {
    Matcher matcher = TOKEN.matcher(terms);
    int at = 0;
    while (at < terms.length() && !terms.substring(at).isBlank()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new MathException("The search has a quotation mark too few");
      }
      String quoted = matcher.group(1);
      // Words in quotes are told from operators by their mark.
      tokens.add(quoted == null ? matcher.group().strip() : '"' + quoted);
      at = matcher.end();
    }
  }

  /** Returns what metrics must be like. */
  public static Predicate<Metric> parse(String query) {
    Matcher schema = SCHEMA.matcher(query);
    if (!schema.find()) {
      return terms(query);
    }
    List<String> parts =
        Arrays.stream(schema.group(1).split(",", -1))
            .map(part -> part.strip().replace("\"", ""))
            .toList();
    List<String> dimensions = parts.subList(1, parts.size()).stream().sorted().toList();
    Predicate<Metric> ofSchema =
        metric ->
            metric.namespace().equals(parts.getFirst())
                && metric.dimensions().stream().map(Dimension::name).toList().equals(dimensions);
    return ofSchema.and(terms(query.substring(schema.end())));
  }

  private static Predicate<Metric> terms(String text) {
    MetricSearch search = new MetricSearch(text);
    Predicate<Metric> found = search.next == search.tokens.size() ? _ -> true : search.or();
    if (search.next < search.tokens.size()) {
      throw new MathException("Unexpected '" + search.tokens.get(search.next) + "' in the search");
    }
    return found;
  }

  private Predicate<Metric> or() {
    Predicate<Metric> found = and();
    while (takes("OR")) {
      found = found.or(and());
    }
    return found;
  }

  private Predicate<Metric> and() {
    Predicate<Metric> found = not();
    while (next < tokens.size() && !peek("OR") && !peek(")")) {
      takes("AND");
      found = found.and(not());
    }
    return found;
  }

  private Predicate<Metric> not() {
    if (takes("NOT")) {
      return not().negate();
    }
    if (takes("(")) {
      return inParentheses();
    }
    String word = word();
    if (!takes("=")) {
      return term(word);
    }
    if (!takes("(")) {
      return property(word, word());
    }
    Predicate<Metric> found = property(word, word());
    while (takes("OR")) {
      found = found.or(property(word, word()));
    }
    require(")");
    return found;
  }

  private Predicate<Metric> inParentheses() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new MathException("The search is nested too deeply");
    }
    Predicate<Metric> inner = or();
    require(")");
    depth--;
    return inner;
  }

  /** A quoted value must be the whole value; another one a part of it. */
  private static Predicate<Metric> property(String name, String value) {
    String property = text(name);
    Predicate<String> fits =
        value.startsWith("\"") ? text(value)::equals : found -> has(found, value);
    return switch (property) {
      case "Namespace", ":aws.Namespace" -> metric -> fits.test(metric.namespace());
      case "MetricName", ":aws.MetricName" -> metric -> fits.test(metric.name());
      default -> metric -> metric.dimension(property).filter(fits).isPresent();
    };
  }

  private static Predicate<Metric> term(String word) {
    String part = text(word);
    return metric ->
        has(metric.namespace(), part)
            || has(metric.name(), part)
            || metric.dimensions().stream()
                .anyMatch(each -> has(each.name(), part) || has(each.value(), part));
  }

  private static boolean has(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static String text(String token) {
    return token.startsWith("\"") ? token.substring(1) : token;
  }

  private String word() {
    if (next == tokens.size() || peek("(") || peek(")") || peek("=")) {
      throw new MathException("The search has an operator without a term");
    }
    next++;
    return tokens.get(next - 1);
  }

  private boolean peek(String word) {
    return next < tokens.size() && tokens.get(next).equals(word);
  }

  private boolean takes(String word) {
    boolean is = peek(word);
    if (is) {
      next++;
    }
    return is;
  }

  private void require(String word) {
    if (!takes(word)) {
      throw new MathException("The search has a parenthesis too few");
    }
  }
}

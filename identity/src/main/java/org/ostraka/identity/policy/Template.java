package org.ostraka.identity.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A text of a policy in which variables such as <code>${aws:username, 'nobody'}</code> stand for
 * values of the request: "IAM policy elements: Variables and tags" in the IAM User Guide.
 * Immutable.
 */
final class Template {
  private static final String BEGIN = "${";

  private final List<Piece> pieces;

  private Template(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  private sealed interface Piece {
    /** Characters of the policy. */
    record Text(String text) implements Piece {}

    /** A character that a variable such as <code>${*}</code> keeps from being a wildcard. */
    record Special(String text) implements Piece {}

    /** A value of the request, which never has wildcards. */
    record Variable(String key, Optional<String> otherwise) implements Piece {}
  }

  /** Reads a text; one of the older version has no variables. */
  static Template of(String text, LanguageVersion version) {
    List<Piece> pieces = new ArrayList<>();
    int done = 0;
    for (int begin = text.indexOf(BEGIN); version.hasVariables() && begin >= 0; ) {
      int end = text.indexOf('}', begin);
      if (end < 0) {
        break;
      }
      pieces.add(new Piece.Text(text.substring(done, begin)));
      pieces.add(variable(text.substring(begin + BEGIN.length(), end)));
      done = end + 1;
      begin = text.indexOf(BEGIN, done);
    }
    pieces.add(new Piece.Text(text.substring(done)));
    return new Template(pieces);
  }

  private static Piece variable(String content) {
    if (content.equals("*") || content.equals("?") || content.equals("$")) {
      return new Piece.Special(content);
    }
    int comma = content.indexOf(',');
    if (comma < 0) {
      return new Piece.Variable(content.strip(), Optional.empty());
    }
    String otherwise = content.substring(comma + 1).strip();
    boolean quoted =
        otherwise.length() >= 2 && otherwise.startsWith("'") && otherwise.endsWith("'");
    return new Piece.Variable(
        content.substring(0, comma).strip(),
        quoted ? Optional.of(otherwise.substring(1, otherwise.length() - 1)) : Optional.empty());
  }

  /** Returns the text with its values; empty when a variable has none. */
  Optional<String> text(RequestContext context) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      Optional<String> part = part(piece, context);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      text.append(part.get());
    }
    return Optional.of(text.toString());
  }

  /**
   * Returns the text as a pattern, in which wildcards of the policy count and those of values do
   * not; empty when a variable has no value.
   */
  Optional<Glob.Builder> pattern(RequestContext context) {
    Glob.Builder pattern = new Glob.Builder();
    for (Piece piece : pieces) {
      Optional<String> part = part(piece, context);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      if (piece instanceof Piece.Text) {
        pattern.pattern(part.get());
      } else {
        pattern.literal(part.get());
      }
    }
    return Optional.of(pattern);
  }

  boolean hasVariables() {
    return pieces.stream().anyMatch(Piece.Variable.class::isInstance);
  }

  /** Returns the names of the keys that variables stand for. */
  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Variable(String key, Optional<String> _)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static Optional<String> part(Piece piece, RequestContext context) {
    return switch (piece) {
      case Piece.Text(String text) -> Optional.of(text);
      case Piece.Special(String text) -> Optional.of(text);
      case Piece.Variable(String key, Optional<String> otherwise) ->
          single(context.values(key)).or(() -> otherwise);
    };
  }

  /** Returns the only value; a key with several has none that could stand for it. */
  private static Optional<String> single(Optional<List<String>> values) {
    return values.filter(each -> each.size() == 1).map(List::getFirst);
  }
}

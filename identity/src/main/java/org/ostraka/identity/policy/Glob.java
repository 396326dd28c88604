package org.ostraka.identity.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern in which * stands for any characters and ? for one. Immutable.
 *
 * <p>Matching takes time in proportion to the product of both lengths at most.
 */
final class Glob {
  private static final int ANY = -1;
  private static final int ONE = -2;
  private static final int SOME_IN_SEGMENT = -3;
  private static final int ONE_IN_SEGMENT = -4;

  private final int[] symbols; // a character, or one of the wildcards above

  private Glob(List<Integer> symbols) {
    this.symbols = symbols.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns whether the text, as a whole, fits the pattern. */
  boolean matches(String text) {
    int same = 0; // most patterns begin with characters that stand for themselves
    while (same < symbols.length && symbols[same] >= 0) {
      if (same == text.length() || text.charAt(same) != symbols[same]) {
        return false;
      }
      same++;
    }
    boolean[] reached = start(same);
    for (int place = same; place < text.length(); place++) {
      reached = step(reached, text.charAt(place));
    }
    return reached[symbols.length];
  }

  private boolean[] start(int at) {
    boolean[] reached = new boolean[symbols.length + 1];
    reach(reached, at);
    return reached;
  }

  /** Returns how much of the pattern can be used up with one more character of the text. */
  private boolean[] step(boolean[] reached, char character) {
    boolean[] next = new boolean[reached.length];
    for (int at = 0; at < symbols.length; at++) {
      if (reached[at] && fits(symbols[at], character)) {
        reach(next, isMany(symbols[at]) ? at : at + 1);
      }
    }
    return next;
  }

  /** Notes a place in the pattern, and those behind wildcards that stand for no character. */
  private void reach(boolean[] reached, int at) {
    reached[at] = true;
    for (int i = at; i < symbols.length && isMany(symbols[i]); i++) {
      reached[i + 1] = true;
    }
  }

  private static boolean isMany(int symbol) {
    return symbol == ANY || symbol == SOME_IN_SEGMENT;
  }

  private static boolean fits(int symbol, char character) {
    return switch (symbol) {
      case ANY, ONE -> true;
      case SOME_IN_SEGMENT, ONE_IN_SEGMENT -> character != ':';
      default -> symbol == character;
    };
  }

  /** Returns whether the pattern is a lone wildcard for any characters. */
  boolean matchesEverything() {
    return symbols.length == 1 && symbols[0] == ANY;
  }

  /** Adds up the parts of a pattern. One thread at a time. */
  static final class Builder {
    private final List<Integer> symbols = new ArrayList<>();

    /** Adds characters that stand for themselves. */
    Builder literal(String text) {
      text.chars().forEach(symbols::add);
      return this;
    }

    /** Adds characters of which * and ? are wildcards. */
    Builder pattern(String text) {
      text.chars()
          .forEach(character ->
              symbols.add(
                  switch (character) {
                    case '*' -> ANY;
                    case '?' -> ONE;
                    default -> character;
                  }));
      return this;
    }

    /** Adds all parts of another pattern. */
    Builder then(Builder next) {
      symbols.addAll(next.symbols);
      return this;
    }

    Glob build() {
      return new Glob(symbols);
    }

    /** Builds a pattern of each part between colons; the last one has all that is left. */
    List<Glob> buildParts(int max) {
      List<Glob> parts = new ArrayList<>();
      List<Integer> part = new ArrayList<>();
      for (int symbol : symbols) {
        if (symbol == ':' && parts.size() < max - 1) {
          parts.add(new Glob(part));
          part = new ArrayList<>();
        } else {
          part.add(symbol);
        }
      }
      parts.add(new Glob(part));
      return parts;
    }

    /**
     * Builds the pattern of an ARN, whose wildcards stay within its segments: "IAM JSON policy
     * elements: Resource". A * that ends a segment may reach beyond it.
     */
    Glob buildForArn() {
      List<Integer> arn = new ArrayList<>(symbols);
      for (int i = 0; i < arn.size(); i++) {
        boolean endsSegment = i + 1 == arn.size() || arn.get(i + 1) == ':';
        if (arn.get(i) == ONE) {
          arn.set(i, ONE_IN_SEGMENT);
        } else if (arn.get(i) == ANY && !endsSegment) {
          arn.set(i, SOME_IN_SEGMENT);
        }
      }
      return new Glob(arn);
    }
  }
}

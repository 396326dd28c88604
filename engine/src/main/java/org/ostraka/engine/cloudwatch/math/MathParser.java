package org.ostraka.engine.cloudwatch.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ostraka.engine.cloudwatch.math.MathTokens.Kind;
import org.ostraka.engine.cloudwatch.math.MathTokens.Token;

/** Reads an expression: "Metric math syntax and functions" in the User Guide. One thread. */
final class MathParser {
  /** An expression has 2,048 characters at most; what is nested deeper takes too much stack. */
  private static final int MAX_DEPTH = 100;

  private final MathTokens tokens;
  private int depth;

  private MathParser(MathTokens tokens) {
    this.tokens = tokens;
  }

  static MathNode parse(String expression) {
    MathParser parser = new MathParser(new MathTokens(expression));
    MathNode node = parser.level(0);
    if (parser.tokens.peek().kind() != Kind.END) {
      throw parser.tokens.unexpected();
    }
    return node;
  }

  private MathNode level(int level) {
    if (level == Operator.LEVELS.size()) {
      return negative();
    }
    MathNode left = level(level + 1);
    for (Optional<Operator> found = take(level); found.isPresent(); found = take(level)) {
      left = new MathNode.Binary(found.get(), left, level(level + 1));
    }
    return left;
  }

  private Optional<Operator> take(int level) {
    Token token = tokens.peek();
    Optional<Operator> found =
        token.kind() == Kind.TEXT
            ? Optional.empty()
            : Operator.LEVELS.get(level).stream()
                .filter(operator -> operator.isCalled(token.text()))
                .findFirst();
    found.ifPresent(_ -> tokens.take());
    return found;
  }

  private MathNode negative() {
    return deeper(() -> {
      if (tokens.takes("-")) {
        return new MathNode.Negative(negative());
      }
      MathNode base = primary();
      // A power binds more than a sign before it, and from the right.
      return tokens.takes("^") ? new MathNode.Binary(Operator.POWER, base, negative()) : base;
    });
  }

  private MathNode deeper(Supplier<MathNode> part) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new MathException("The expression is nested too deeply");
    }
    MathNode node = part.get();
    depth--;
    return node;
  }

  private MathNode primary() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case NUMBER -> new MathNode.Constant(Double.parseDouble(token.text()));
      case TEXT -> new MathNode.Text(token.text());
      case WORD ->
          tokens.takes("(")
              ? new MathNode.Call(token.text(), list(")"))
              : new MathNode.Reference(token.text());
      case SYMBOL -> bracketed(token);
      case END -> throw tokens.unexpected();
    };
  }

  private MathNode bracketed(Token opening) {
    if (opening.is("(")) {
      MathNode inner = level(0);
      tokens.require(")");
      return inner;
    }
    if (opening.is("[")) {
      return new MathNode.Several(list("]"));
    }
    throw new MathException("Unexpected token '" + opening.text() + "'");
  }

  private List<MathNode> list(String end) {
    List<MathNode> elements = new ArrayList<>();
    if (tokens.takes(end)) {
      return elements;
    }
    do {
      elements.add(level(0));
    } while (tokens.takes(","));
    tokens.require(end);
    return elements;
  }
}

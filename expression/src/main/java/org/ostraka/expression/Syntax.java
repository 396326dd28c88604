package org.ostraka.expression;

import java.util.List;

/**
 * The syntax tree of an expression's text, with its placeholders not yet replaced, and its
 * parentheses. Immutable.
 */
sealed interface Syntax {

  /** An element of a document path. */
  sealed interface Part {
    /** An attribute's name, written out. */
    record Name(String name) implements Part {}

    /** A placeholder for an attribute's name, with its {@code #}. */
    record Placeholder(String text) implements Part {}

    /** The digits of a list's index. */
    record Index(String digits) implements Part {}
  }

  record DocumentPath(List<Part> parts) implements Syntax {}

  /** A placeholder for a value, with its {@code :}. */
  record Value(String placeholder) implements Syntax {}

  record Call(String function, List<Syntax> operands) implements Syntax {}

  record Parentheses(Syntax inner) implements Syntax {}

  record Compare(Comparison comparison, Syntax left, Syntax right) implements Syntax {}

  record Between(Syntax operand, Syntax lower, Syntax upper) implements Syntax {}

  record In(Syntax operand, List<Syntax> candidates) implements Syntax {}

  record Not(Syntax condition) implements Syntax {}

  record And(List<Syntax> conditions) implements Syntax {}

  record Or(List<Syntax> conditions) implements Syntax {}

  /** An operation with {@code +} or {@code -}. */
  record Arithmetic(String operator, Syntax left, Syntax right) implements Syntax {}

  /** Returns the syntax within all parentheses. */
  default Syntax bare() {
    Syntax syntax = this;
    while (syntax instanceof Parentheses(Syntax inner)) {
      syntax = inner;
    }
    return syntax;
  }
}

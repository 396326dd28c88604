package org.ostraka.expression;

import java.util.List;

/**
 * What an expression's text says, with its placeholders and parentheses, before anything is known
 * of what they stand for. Immutable.
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

  /** {@code +} or {@code -}. */
  record Arithmetic(String operator, Syntax left, Syntax right) implements Syntax {}

  /** What stands within all parentheses. */
  default Syntax bare() {
    Syntax syntax = this;
    while (syntax instanceof Parentheses(Syntax inner)) {
      syntax = inner;
    }
    return syntax;
  }
}

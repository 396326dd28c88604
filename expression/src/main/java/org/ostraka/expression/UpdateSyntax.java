package org.ostraka.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The syntax of an update's text, before its placeholders are replaced. Immutable. */
record UpdateSyntax(List<Section> sections) {

  /** A keyword with its actions: of kind SET, ADD, DELETE or REMOVE. */
  record Section(Token.Kind keyword, List<Action> actions) {}

  /** A path, with a value for all actions except REMOVE. */
  record Action(Token.Kind keyword, Syntax.DocumentPath path, Optional<Syntax> value) {}

  /** Returns all actions, in the order in which they are written. */
  List<Action> actions() {
    return sections.stream().flatMap(section -> section.actions().stream()).toList();
  }

  /** Refuses what {@link SyntaxCheck} refuses, keyword by keyword, and keywords used twice. */
  void check(SyntaxCheck check, ExpressionParameter parameter) {
    Map<Token.Kind, Integer> uses = new LinkedHashMap<>();
    sections.forEach(section -> uses.merge(section.keyword(), 1, Integer::sum));
    uses.forEach((keyword, count) -> {
      actions().stream()
          .filter(action -> action.keyword() == keyword)
          .forEach(action -> check(check, action));
      if (count > 1) {
        throw parameter.invalid(
            "The \""
                + keyword.name()
                + "\" section can only be used once in an update expression;");
      }
    });
  }

  private static void check(SyntaxCheck check, Action action) {
    check.path(action.path());
    action.value().ifPresent(check::updateValue);
  }
}

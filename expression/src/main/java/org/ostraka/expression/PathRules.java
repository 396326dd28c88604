package org.ostraka.expression;

import java.util.List;
import org.ostraka.model.error.ValidationException;

/**
 * The rule that no two paths of an update or projection overlap or conflict: neither may equal or
 * contain the other, nor may they use one value as a list and as a map. Stateless.
 */
public final class PathRules {
  private PathRules() {}

  /**
   * Refuses the first two paths that overlap or conflict, in the order in which they are written.
   */
  public static void refuseOverlap(ExpressionParameter parameter, List<Path> paths) {
    for (int second = 1; second < paths.size(); second++) {
      for (int first = 0; first < second; first++) {
        check(parameter, paths.get(first), paths.get(second));
      }
    }
  }

  private static void check(ExpressionParameter parameter, Path first, Path second) {
    int length = Math.min(first.steps().size(), second.steps().size());
    for (int i = 0; i < length; i++) {
      Path.Step one = first.steps().get(i);
      Path.Step two = second.steps().get(i);
      if (one instanceof Path.Step.Field != two instanceof Path.Step.Field) {
        throw error(parameter, "conflict", first, second);
      }
      if (!one.equals(two)) {
        return;
      }
    }
    throw error(parameter, "overlap", first, second);
  }

  private static ValidationException error(
      ExpressionParameter parameter, String verb, Path first, Path second) {
    return parameter.invalid(
        "Two document paths "
            + verb
            + " with each other; must remove or rewrite one of these paths; path one: "
            + first.text()
            + ", path two: "
            + second.text());
  }
}

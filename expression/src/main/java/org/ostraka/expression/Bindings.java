package org.ostraka.expression;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.model.AttributeValue;

/**
 * The names and values of one expression's placeholders. Immutable.
 *
 * <p>The text about nesting is that of DynamoDB Local 3.3.1, by way of the Expression Tester of
 * KeyValueStore.com; the others are dynalite's.
 */
record Bindings(ExpressionParameter parameter, Placeholders placeholders) {

  Path path(Syntax.DocumentPath syntax) {
    List<Path.Step> steps = new ArrayList<>(syntax.parts().size());
    for (Syntax.Part part : syntax.parts()) {
      steps.add(
          switch (part) {
            case Syntax.Part.Name(String name) -> new Path.Step.Field(name);
            case Syntax.Part.Placeholder(String text) -> new Path.Step.Field(name(text));
            case Syntax.Part.Index(String digits) -> new Path.Step.Index(Long.parseLong(digits));
          });
    }
    if (steps.size() > ExpressionLimits.PATH_ELEMENTS) {
      throw parameter.invalid(
          "The document path has too many nesting levels; nesting levels: " + steps.size());
    }
    return new Path(steps);
  }

  /** Refuses a path whose placeholders are not all defined. */
  void requireNames(Syntax.DocumentPath syntax) {
    for (Syntax.Part part : syntax.parts()) {
      if (part instanceof Syntax.Part.Placeholder(String text)) {
        name(text);
      }
    }
  }

  private String name(String placeholder) {
    String name = placeholders.names().get(placeholder);
    if (name == null) {
      throw parameter.invalid(
          "An expression attribute name used in the document path is not defined; attribute name: "
              + placeholder);
    }
    return name;
  }

  AttributeValue value(Syntax.Value syntax) {
    AttributeValue value = placeholders.values().get(syntax.placeholder());
    if (value == null) {
      throw parameter.invalid(
          "An expression attribute value used in expression is not defined; attribute value: "
              + syntax.placeholder());
    }
    return value;
  }
}

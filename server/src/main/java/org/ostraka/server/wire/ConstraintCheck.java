package org.ostraka.server.wire;

import java.util.List;
import java.util.Map;

/** Holds what was read against the constraints of its shape. One thread. */
final class ConstraintCheck {
  private static final String FAILED = " failed to satisfy constraint: ";

  private final Findings findings;

  ConstraintCheck(Findings findings) {
    this.findings = findings;
  }

  /** Checks each member, in the order in which the shape declares them. */
  void structure(Shape.Structure structure, Members members, String prefix) {
    for (Shape.Member member : structure.members()) {
      String path = prefix + member.path();
      Object value = members.values().get(member.name());
      if (value != null) {
        value(member.shape(), value, path);
      } else if (member.required()) {
        findings.constraint("Value null at '" + path + "'" + FAILED + "Member must not be null");
      }
    }
  }

  /** Checks one member and no other. */
  void member(Shape.Structure structure, String name, Members members) {
    Object value = members.values().get(name);
    if (value != null) {
      Shape.Member member = structure.member(name).orElseThrow();
      value(member.shape(), value, member.path());
    }
  }

  private void value(Shape shape, Object value, String path) {
    switch (shape) {
      case Shape.Text text ->
          text.rules()
              .forEach(rule -> rule.problem((String) value, path).ifPresent(findings::constraint));
      case Shape.Whole whole -> whole(whole, (Long) value, path);
      case Shape.ListOf list -> list(list, (List<?>) value, path);
      case Shape.Structure structure -> structure(structure, (Members) value, path + ".");
      case Shape.MapOf map ->
          ((Map<?, ?>) value)
              .forEach((name, element) ->
                  structure(map.element(), (Members) element, path + "." + name + ".member."));
      case Shape.Flag _,
          Shape.Value _,
          Shape.Attributes _,
          Shape.SubstitutedValues _,
          Shape.TextMap _,
          Shape.Later _ -> {}
    }
  }

  private void whole(Shape.Whole whole, long value, String path) {
    if (value < whole.least()) {
      broken(whole, value, path, "greater than or equal to " + whole.least());
    }
    if (value > whole.most()) {
      broken(whole, value, path, "less than or equal to " + whole.most());
    }
  }

  private void broken(Shape.Whole whole, long value, String path, String bound) {
    String constraint = "Member must have value " + bound;
    switch (whole.wording()) {
      case WITH_VALUE -> broken(value, path, constraint);
      case WITHOUT_VALUE -> {
        String member = Character.toUpperCase(path.charAt(0)) + path.substring(1);
        findings.constraint("Value at '" + member + "'" + FAILED + constraint);
      }
    }
  }

  private void list(Shape.ListOf list, List<?> elements, String path) {
    if (elements.size() < list.least()) {
      broken(
          echo(list, elements),
          path,
          "Member must have length greater than or equal to " + list.least());
    }
    if (elements.size() > list.most()) {
      broken(
          echo(list, elements),
          path,
          "Member must have length less than or equal to " + list.most());
    }
    for (int i = 0; i < elements.size(); i++) {
      value(list.element(), elements.get(i), path + "." + (i + 1) + ".member");
    }
  }

  /**
   * Structures are shown as the service does, by their class and a number that stands for their
   * contents.
   */
  private static String echo(Shape.ListOf list, List<?> elements) {
    if (list.element() instanceof Shape.Structure structure) {
      String name = JsonTypes.PACKAGE + structure.javaName() + "@";
      return elements.stream()
          .map(element -> name + Integer.toHexString(element.hashCode()))
          .toList()
          .toString();
    }
    return elements.toString();
  }

  private void broken(Object value, String path, String constraint) {
    findings.constraint("Value '" + value + "' at '" + path + "'" + FAILED + constraint);
  }
}

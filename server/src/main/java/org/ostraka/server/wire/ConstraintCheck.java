package org.ostraka.server.wire;

import java.util.List;
import java.util.Map;

/** Checks a request's members against the constraints of its shape. One thread. */
final class ConstraintCheck {
  private static final String FAILED = " failed to satisfy constraint: ";

  private final Findings findings;

  ConstraintCheck(Findings findings) {
    this.findings = findings;
  }

  /** Checks each member, in the order of the shape. */
  void structure(Shape.Structure structure, Members members) {
    for (Shape.Member member : structure.members()) {
      if (isJudged(member, members)) {
        member(member, members, Place.of(member));
      }
    }
  }

  /** Returns whether to check a member: most members are optional and absent. */
  private static boolean isJudged(Shape.Member member, Members members) {
    return member.isRequired(members) || members.values().containsKey(member.name());
  }

  /** Checks only this member. */
  void member(Shape.Structure structure, String name, Members members) {
    if (members.values().containsKey(name)) {
      Shape.Member member = structure.member(name).orElseThrow();
      member(member, members, Place.of(member));
    }
  }

  private void structure(Shape.Structure structure, Members members, Place place) {
    for (Shape.Member member : structure.members()) {
      if (isJudged(member, members)) {
        member(member, members, place.member(member));
      }
    }
  }

  private void member(Shape.Member member, Members members, Place place) {
    Object value = members.values().get(member.name());
    if (value != null) {
      value(member.shape(), value, place);
    } else if (member.isRequired(members)) {
      findings.constraint(
          "Value null at '" + place.path() + "'" + FAILED + "Member must not be null");
    }
  }

  private void value(Shape shape, Object value, Place place) {
    switch (shape) {
      case Shape.Text text -> {
        for (TextRule rule : text.rules()) {
          rule.problem((String) value, place.path()).ifPresent(findings::constraint);
        }
      }
      case Shape.Whole whole -> whole(whole, (Long) value, place);
      case Shape.ListOf list -> list(list, (List<?>) value, place);
      case Shape.Structure structure -> structure(structure, (Members) value, place);
      case Shape.Part part -> value(part.element(), ((InTurn) value).value(), place);
      case Shape.ByTable tables -> byTable(tables, (Map<?, ?>) value, place);
      case Shape.MapOf map ->
          ((Map<?, ?>) value)
              .forEach((name, element) ->
                  structure(map.element(), (Members) element, place.entry((String) name)));
      case Shape.Flag _,
          Shape.Moment _,
          Shape.Real _,
          Shape.Value _,
          Shape.Attributes _,
          Shape.SubstitutedValues _,
          Shape.TextMap _,
          Shape.Later _ -> {}
    }
  }

  private void byTable(Shape.ByTable shape, Map<?, ?> tables, Place place) {
    if (tables.isEmpty()) {
      brokenUnnamed(place, "Member must have length greater than or equal to 1");
    }
    if (!tables.keySet().stream().allMatch(name -> TableNames.isLegal((String) name))) {
      broken(echo(shape, tables), place, TableNames.CONSTRAINT);
    }
    if (shape.element() instanceof Shape.ListOf list && tables.containsValue(List.of())) {
      broken(
          echo(shape, tables),
          place,
          "Map value must satisfy constraint: [Member must have length less than or equal to "
              + list.most()
              + ", Member must have length greater than or equal to 1]");
    }
    tables.forEach((name, value) -> value(shape.element(), value, place.entry((String) name)));
  }

  private void whole(Shape.Whole whole, long value, Place place) {
    if (value < whole.least()) {
      String constraint = "Member must have value greater than or equal to " + whole.least();
      broken(whole.wording(), value, place, constraint);
    }
    if (value > whole.most()) {
      String constraint = "Member must have value less than or equal to " + whole.most();
      broken(whole.wording(), value, place, constraint);
    }
  }

  private void list(Shape.ListOf list, List<?> elements, Place place) {
    if (elements.size() < list.least()) {
      String constraint = "Member must have length greater than or equal to " + list.least();
      broken(list.wording(), echo(list, elements), place, constraint);
    }
    if (elements.size() > list.most()) {
      String constraint = "Member must have length less than or equal to " + list.most();
      broken(list.wording(), echo(list, elements), place, constraint);
    }
    for (int i = 0; i < elements.size(); i++) {
      value(list.element(), elements.get(i), place.element(i));
    }
  }

  private static String echo(Shape.ByTable shape, Map<?, ?> tables) {
    return switch (shape.echo()) {
      case JSON -> JsonEcho.of(tables);
      case JAVA -> WriteRequestEcho.of(tables);
    };
  }

  /**
   * Returns a list as the service shows it in messages: each structure as its class and a number
   * for its contents.
   */
  private static String echo(Shape.ListOf list, List<?> elements) {
    Shape element = list.element() instanceof Shape.Part part ? part.element() : list.element();
    if (element instanceof Shape.Structure structure) {
      String name = JsonTypes.PACKAGE + structure.javaName() + "@";
      return elements.stream()
          .map(each -> name + Integer.toHexString(each.hashCode()))
          .toList()
          .toString();
    }
    return elements.toString();
  }

  private void broken(Shape.Wording wording, Object value, Place place, String constraint) {
    switch (wording) {
      case WITH_VALUE -> broken(value, place, constraint);
      case WITHOUT_VALUE -> brokenUnnamed(place, constraint);
    }
  }

  private void broken(Object value, Place place, String constraint) {
    findings.constraint("Value '" + value + "' at '" + place.path() + "'" + FAILED + constraint);
  }

  private void brokenUnnamed(Place place, String constraint) {
    findings.constraint("Value at '" + place.asWritten() + "'" + FAILED + constraint);
  }

  /**
   * The path of a value in a request. Immutable.
   *
   * @param path in the older wording, where members begin with small letters
   * @param asWritten in the wording of 2026, where members are written as in requests
   */
  private record Place(String path, String asWritten) {
    static Place of(Shape.Member member) {
      return new Place(member.path(), member.name());
    }

    Place member(Shape.Member member) {
      return new Place(path + "." + member.path(), asWritten + "." + member.name());
    }

    /** Returns the place of a value under a name that the caller chose. */
    Place entry(String name) {
      return new Place(path + "." + name + ".member", asWritten + "." + name + ".member");
    }

    Place element(int index) {
      String suffix = "." + (index + 1) + ".member";
      return new Place(path + suffix, asWritten + suffix);
    }
  }
}

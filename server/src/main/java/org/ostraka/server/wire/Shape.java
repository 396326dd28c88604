package org.ostraka.server.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The shape of a value in a request: its JSON type, and the constraints of the service's model.
 * Immutable.
 *
 * <p>The JSON type is checked while the request is read; the constraints are checked afterwards, in
 * the order of a structure's members.
 */
sealed interface Shape {
  /** Text. */
  record Text(List<TextRule> rules) implements Shape {
    Text(TextRule... rules) {
      this(List.of(rules));
    }
  }

  /** A whole number. */
  record Whole(Width width, long least, long most, Wording wording) implements Shape {
    /** Any number of eight bytes. */
    static final Whole ANY = new Whole(Width.LONG, Long.MIN_VALUE, Long.MAX_VALUE);

    Whole(Width width, long least, long most) {
      this(width, least, most, Wording.WITH_VALUE);
    }
  }

  /** The wording of the message about a broken constraint. */
  enum Wording {
    /** With the value, and with a path whose members begin with small letters. */
    WITH_VALUE,
    /** The wording of 2026: without the value, and with members as requests write them. */
    WITHOUT_VALUE
  }

  /** The type of a number, with its name in messages. */
  enum Width {
    INTEGER("Integer", Integer.MIN_VALUE, Integer.MAX_VALUE),
    LONG("Long", Long.MIN_VALUE, Long.MAX_VALUE);

    private final String javaName;
    private final long least;
    private final long most;

    Width(String javaName, long least, long most) {
      this.javaName = javaName;
      this.least = least;
      this.most = most;
    }

    String javaName() {
      return javaName;
    }

    boolean holds(long number) {
      return least <= number && number <= most;
    }
  }

  /** A moment: seconds since 1970, with decimals. */
  record Moment() implements Shape {}

  /** A number with decimals. */
  record Real() implements Shape {}

  /** True or false. */
  record Flag() implements Shape {}

  /** Attribute values by name: an item, or a key. */
  record Attributes() implements Shape {}

  /** Attribute values by their placeholders. */
  record SubstitutedValues() implements Shape {}

  /** One attribute value. */
  record Value() implements Shape {}

  /** Structures by the names of attributes. */
  record MapOf(Structure element) implements Shape {}

  /** Texts by name. */
  record TextMap() implements Shape {}

  /** A list with bounds on the number of its elements. */
  record ListOf(Shape element, int least, int most, Wording wording) implements Shape {
    ListOf(Shape element, int least, int most) {
      this(element, least, most, Wording.WITH_VALUE);
    }
  }

  /** The parts of a request for several tables, by the tables' names or ARNs: at least one. */
  record ByTable(Shape element, Echo echo) implements Shape {}

  /** How a message shows the parts for tables. */
  enum Echo {
    JSON,
    JAVA
  }

  /**
   * A part of the request that the service checks separately, including its attribute values. It is
   * read as an {@link InTurn}.
   */
  record Part(Shape element) implements Shape {}

  /**
   * Members by name.
   *
   * @param members the members in the order in which they are checked
   */
  record Structure(String javaName, List<Member> members, Map<String, Member> byName)
      implements Shape {
    Structure(String javaName, List<Member> members) {
      this(
          javaName,
          members,
          members.stream().collect(Collectors.toMap(Member::name, Function.identity())));
    }

    Structure(String javaName, Member... members) {
      this(javaName, List.of(members));
    }

    Optional<Member> member(String name) {
      return Optional.ofNullable(byName.get(name));
    }
  }

  /** A member for a feature that Ostraka does not have yet: refused when it is present. */
  record Later() implements Shape {}

  /** Returns whether the value has attribute values by name, of attributes or placeholders. */
  default boolean namesAttributes() {
    return this instanceof Attributes || this instanceof SubstitutedValues || this instanceof MapOf;
  }

  /**
   * A member of a structure.
   *
   * @param required whether its absence is a constraint error
   * @param unless the member whose presence lets this one be absent
   * @param path the member's name in messages: its first letter is small
   */
  record Member(String name, Shape shape, boolean required, Optional<String> unless, String path) {
    private Member(String name, Shape shape, boolean required) {
      this(name, shape, required, Optional.empty());
    }

    private Member(String name, Shape shape, boolean required, Optional<String> unless) {
      this(
          name, shape, required, unless, Character.toLowerCase(name.charAt(0)) + name.substring(1));
    }

    /** Returns whether the absence of this member is a constraint error. */
    boolean isRequired(Members members) {
      return required && unless.filter(members.values()::containsKey).isEmpty();
    }

    /** Makes a member that has to be there unless another one is. */
    static Member requiredUnless(String other, String name, Shape shape) {
      return new Member(name, shape, true, Optional.of(other));
    }

    static Member required(String name, Shape shape) {
      return new Member(name, shape, true);
    }

    static Member optional(String name, Shape shape) {
      return new Member(name, shape, false);
    }

    static Member later(String name) {
      return new Member(name, new Later(), false);
    }
  }
}

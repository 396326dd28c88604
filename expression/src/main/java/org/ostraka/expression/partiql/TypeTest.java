package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Path;

/**
 * The types that IS may name, and the conditions that test an attribute for them. Stateless.
 *
 * <p>The names are those of PartiQL's reference parser ({@code LexerConstants.kt}). "PartiQL
 * operators" in the Developer Guide: IS tests for a PartiQL data type. The service's recorded
 * answers of 2026 accept STRING, BOOL and similar names, and refuse INT4 and DOUBLE PRECISION;
 * which names of numbers and collections it accepts is not known.
 */
final class TypeTest {
  private static final Map<String, List<AttributeType>> TYPES =
      Map.ofEntries(
          Map.entry("null", List.of(AttributeType.NULL)),
          Map.entry("bool", List.of(AttributeType.BOOL)),
          Map.entry("boolean", List.of(AttributeType.BOOL)),
          Map.entry("string", List.of(AttributeType.S)),
          Map.entry("blob", List.of(AttributeType.B)),
          Map.entry("int", List.of(AttributeType.N)),
          Map.entry("integer", List.of(AttributeType.N)),
          Map.entry("float", List.of(AttributeType.N)),
          Map.entry("dec", List.of(AttributeType.N)),
          Map.entry("decimal", List.of(AttributeType.N)),
          Map.entry("numeric", List.of(AttributeType.N)),
          Map.entry("list", List.of(AttributeType.L)),
          Map.entry("struct", List.of(AttributeType.M)),
          Map.entry("tuple", List.of(AttributeType.M)),
          Map.entry("bag", List.of(AttributeType.SS, AttributeType.NS, AttributeType.BS)));

  /** The types of PartiQL that no attribute has. */
  private static final Set<String> FOREIGN =
      Set.of(
          """
          smallint integer2 int2 integer4 int4 integer8 int8 bigint real double_precision date time
          timestamp char character varchar character_varying symbol clob sexp\
          """
              .split("\\s+"));

  private TypeTest() {}

  /** Returns whether the keywords are the two words of one type. */
  static boolean continues(Token first, Token second) {
    return (first.is("double") && second.is("precision"))
        || (first.is("character") && second.is("varying"));
  }

  static boolean isType(Token type) {
    return type.is("missing")
        || (type.kind() == Token.Kind.KEYWORD
            && (TYPES.containsKey(type.text()) || FOREIGN.contains(type.text())));
  }

  /**
   * Returns the condition that an attribute is of the type; empty for a type that no attribute has.
   */
  static Optional<Condition> of(Path path, Token type) {
    if (type.is("missing")) {
      return Optional.of(new Condition.AttributeNotExists(path));
    }
    List<Condition> tests = new ArrayList<>();
    for (AttributeType each : TYPES.getOrDefault(type.text(), List.of())) {
      tests.add(new Condition.HasType(path, each));
    }
    return switch (tests.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(tests.getFirst());
      default -> Optional.of(new Condition.Or(tests));
    };
  }
}

package org.ostraka.expression.partiql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.ExpressionLimits;
import org.ostraka.expression.NumberRange;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.Limits;
import org.ostraka.model.error.AttributeNames;
import org.ostraka.model.error.ValidationException;

/**
 * The binder that makes values and paths from terms. Immutable.
 *
 * <p>"PartiQL data types for DynamoDB" in the Developer Guide. The texts are floci's ({@code
 * DynamoDbPartiQLParser}, September 2026), which has them from the service; so is the rule that a
 * parameter stands for a whole value and not for a part of one. That messages about numbers out of
 * range state their place is from the service's recorded answers of 2026. No source covers names
 * that occur twice in a map; the later one wins.
 */
final class ValueBinder {
  private static final String ROOT = "root";

  private final List<AttributeValue> parameters;

  ValueBinder(List<AttributeValue> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /** Returns the value of the term; empty if it is a path or an operation. */
  Optional<AttributeValue> value(Term term) {
    return switch (term.bare()) {
      case Term.Parameter(_, int index) -> Optional.of(parameters.get(index));
      case Term.Text _, Term.Numeral _, Term.Bool _, Term.Null _ ->
          Optional.of(literal(term.bare(), ROOT, 1));
      case Term.ListOf _, Term.MapOf _, Term.SetOf _ -> Optional.of(literal(term.bare(), ROOT, 1));
      case Term.Missing _, Term.Path _, Term.Call _, Term.Group _, Term.Negation _ ->
          Optional.empty();
      case Term.And _, Term.Or _, Term.Not _, Term.Subquery _ -> Optional.empty();
      case Term.Binary _, Term.Between _, Term.In _, Term.Is _ -> Optional.empty();
    };
  }

  /** Returns the attributes of an item, each of which may be a parameter. */
  Map<String, AttributeValue> attributes(Term.MapOf map) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (Term.Entry entry : map.entries()) {
      String name = name(entry);
      attributes.put(name, value(entry.value()).orElseThrow(() -> notAValue(entry.value(), ROOT)));
    }
    return attributes;
  }

  /**
   * Returns the value of a term without parameters.
   *
   * @param place the value's place within others, which messages show
   * @param level the value's nesting level, 1 for an attribute's value
   */
  private AttributeValue literal(Term term, String place, int level) {
    if (level > Limits.NESTING_LEVELS) {
      throw StatementErrors.invalid("Nesting Levels have exceeded supported limits under " + place);
    }
    return switch (term.bare()) {
      case Term.Text(Token at) -> new AttributeValue.S(text(at));
      case Term.Numeral(_, String digits) ->
          new AttributeValue.N(NumberRange.parse(digits, " under " + place));
      case Term.Bool(_, boolean value) -> new AttributeValue.Bool(value);
      case Term.Null _ -> new AttributeValue.Null();
      case Term.ListOf(_, List<Term> elements) -> list(elements, place, level + 1);
      case Term.MapOf(_, List<Term.Entry> entries) -> map(entries, place, level + 1);
      case Term.SetOf(_, List<Term> elements) -> set(elements, place, level);
      case Term.Parameter _ -> throw notAValue(term.bare(), place);
      case Term.Missing _, Term.Path _, Term.Call _, Term.Group _, Term.Negation _ ->
          throw notAValue(term.bare(), place);
      case Term.And _, Term.Or _, Term.Not _, Term.Subquery _ ->
          throw notAValue(term.bare(), place);
      case Term.Binary _, Term.Between _, Term.In _, Term.Is _ ->
          throw notAValue(term.bare(), place);
    };
  }

  private static ValidationException notAValue(Term term, String place) {
    Term bare = term.bare();
    return StatementErrors.invalid(
        "Unsupported data type: "
            + bare.treeName()
            + " under key "
            + place
            + " at "
            + bare.at().place());
  }

  private AttributeValue list(List<Term> elements, String place, int level) {
    List<AttributeValue> values = new ArrayList<>(elements.size());
    for (Term element : elements) {
      values.add(literal(element, place + "[" + values.size() + "]", level));
    }
    return new AttributeValue.L(values);
  }

  private AttributeValue map(List<Term.Entry> entries, String place, int level) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    for (Term.Entry entry : entries) {
      String name = name(entry);
      values.put(name, literal(entry.value(), place + "." + name, level));
    }
    return new AttributeValue.M(values);
  }

  private static String name(Term.Entry entry) {
    return switch (entry.name().bare()) {
      case Term.Text(Token at) -> attributeName(at, at.text());
      case Term.Path(Token at, List<Term.PathStep> steps) when steps.isEmpty() ->
          attributeName(at, at.text());
      default -> throw StatementErrors.unsupported("attribute name", entry.name().at());
    };
  }

  private AttributeValue set(List<Term> elements, String place, int level) {
    if (elements.isEmpty()) {
      throw StatementErrors.invalid("Empty bags are not supported");
    }
    List<AttributeValue> values = new ArrayList<>(elements.size());
    for (Term element : elements) {
      values.add(literal(element, place, level));
    }
    AttributeType type = AttributeType.of(values.getFirst());
    boolean mixed = values.stream().anyMatch(value -> AttributeType.of(value) != type);
    if (mixed || (type != AttributeType.S && type != AttributeType.N)) {
      throw StatementErrors.invalid(
          "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
    }
    return type == AttributeType.S ? texts(values) : numbers(values, place);
  }

  private static AttributeValue texts(List<AttributeValue> values) {
    List<String> texts = values.stream().map(v -> ((AttributeValue.S) v).value()).toList();
    Set<String> distinct = new LinkedHashSet<>(texts);
    if (distinct.size() < texts.size()) {
      throw duplicates(String.join(", ", texts) + "] contains duplicates.");
    }
    return new AttributeValue.SS(distinct);
  }

  private static AttributeValue numbers(List<AttributeValue> values, String place) {
    List<BigDecimal> numbers = values.stream().map(v -> ((AttributeValue.N) v).value()).toList();
    Set<BigDecimal> distinct = new LinkedHashSet<>(numbers);
    if (distinct.size() < numbers.size()) {
      throw duplicates(
          numbers.stream().map(DecimalNumber::text).collect(Collectors.joining(", "))
              + "] contains duplicates! under "
              + place);
    }
    return new AttributeValue.NS(distinct);
  }

  private static ValidationException duplicates(String rest) {
    return StatementErrors.invalid(
        "One or more parameter values were invalid: Input collection [" + rest);
  }

  /** Returns the path that the term spells; an index in quotes is a name, as in PartiQL. */
  Path path(Term.Path term) {
    List<Path.Step> steps = new ArrayList<>();
    steps.add(new Path.Step.Field(attributeName(term.at(), term.at().text())));
    for (Term.PathStep step : term.steps()) {
      steps.add(
          switch (step) {
            case Term.PathStep.Name(String name) ->
                new Path.Step.Field(attributeName(term.at(), name));
            case Term.PathStep.Element(Term index) -> element(index.bare());
          });
    }
    if (steps.size() > ExpressionLimits.PATH_ELEMENTS) {
      throw StatementErrors.invalid(
          "The document path has too many nesting levels; nesting levels: " + steps.size());
    }
    return new Path(steps);
  }

  private static Path.Step element(Term index) {
    return switch (index) {
      case Term.Text(Token at) -> new Path.Step.Field(attributeName(at, at.text()));
      case Term.Numeral(Token at, String digits) -> new Path.Step.Index(index(at, digits));
      default -> throw StatementErrors.pathComponent(index.at());
    };
  }

  private static long index(Token at, String digits) {
    if (!digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      throw StatementErrors.pathComponent(at);
    }
    BigDecimal index = new BigDecimal(digits);
    if (index.signum() < 0
        || index.compareTo(BigDecimal.valueOf(ExpressionLimits.LIST_INDEX)) > 0) {
      throw StatementErrors.invalid(
          "List index is not within the allowable range; index: [" + digits + "] at " + at.place());
    }
    return index.longValueExact();
  }

  private static String text(Token at) {
    return text(at, at.text());
  }

  private static String attributeName(Token at, String name) {
    AttributeNames.require(name);
    return text(at, name);
  }

  /** Returns the text; refuses an unpaired surrogate, which has no UTF-8 form. */
  private static String text(Token at, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw StatementErrors.unsupported("character", at);
      }
    }
    return text;
  }
}

package org.ostraka.transfer.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.error.AttributeNames;
import org.ostraka.model.operation.WriteCondition;

/**
 * Makes values of what a file says, and notes what breaks a rule; such a value becomes null, and
 * its item is refused. One thread.
 *
 * <p>The texts are those of the operations on items.
 */
public final class ValueRules {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final AttributeValue BROKEN = new AttributeValue.Null();

  private final List<String> problems = new ArrayList<>();

  /** Returns the record of an item after all of its values, and begins the next one. */
  public ImportedRecord record(Item item) {
    return record(item, WriteCondition.NONE);
  }

  /** Returns the record of an item with a condition; see the other method of this name. */
  public ImportedRecord record(Item item, WriteCondition condition) {
    if (problems.isEmpty()) {
      return new ImportedRecord.Good(item, condition);
    }
    ImportedRecord bad = new ImportedRecord.Bad(problems);
    problems.clear();
    return bad;
  }

  /** Returns the record of an item that is too large to be read at all. */
  public ImportedRecord tooLarge() {
    problems.clear();
    return new ImportedRecord.Bad(List.of(RecordLimits.TOO_LARGE));
  }

  /** Notes a problem and returns a value in the place of the one that has it. */
  public AttributeValue broken(String problem) {
    note(problem);
    return BROKEN;
  }

  /** Notes a problem, or its beginning: it may repeat what the file says, which may be long. */
  private void note(String problem) {
    if (problems.size() < RecordLimits.PROBLEMS) {
      problems.add(
          problem.length() <= RecordLimits.PROBLEM_CHARS
              ? problem
              : problem.substring(0, RecordLimits.PROBLEM_CHARS) + "...");
    }
  }

  /** Returns whether values may be nested so deep; notes it when they may not. */
  public boolean fits(int level) {
    if (level > Limits.NESTING_LEVELS) {
      note(
          "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
              + " beyond supported limit");
      return false;
    }
    return true;
  }

  public void name(String name) {
    AttributeNames.problem(name).ifPresent(this::note);
  }

  public AttributeValue number(String text) {
    return decimal(text).<AttributeValue>map(AttributeValue.N::new).orElse(BROKEN);
  }

  public AttributeValue textSet(List<String> elements) {
    return set(elements, "An string set  may not be empty", AttributeValue.SS::new);
  }

  public AttributeValue binarySet(List<Bytes> elements) {
    return set(elements, "Binary sets should not be empty", AttributeValue.BS::new);
  }

  public AttributeValue numberSet(List<String> texts) {
    List<BigDecimal> numbers = texts.stream().map(this::decimal).flatMap(Optional::stream).toList();
    return numbers.size() < texts.size()
        ? BROKEN
        : set(numbers, "An number set  may not be empty", AttributeValue.NS::new);
  }

  private <T> AttributeValue set(
      List<T> elements, String empty, Function<Set<T>, AttributeValue> making) {
    if (elements.isEmpty()) {
      return broken(INVALID + empty);
    }
    Set<T> set = new LinkedHashSet<>(elements);
    return set.size() == elements.size()
        ? making.apply(set)
        : broken(INVALID + "Input collection contains duplicates.");
  }

  private Optional<BigDecimal> decimal(String text) {
    return switch (DecimalNumber.parse(text)) {
      case DecimalNumber.Parsed.Value(BigDecimal value) -> Optional.of(value);
      case DecimalNumber.Parsed.NotNumeric _ ->
          noNumber("The parameter cannot be converted to a numeric value: " + text);
      case DecimalNumber.Parsed.Overflow _ ->
          noNumber(
              "Number overflow. Attempting to store a number with magnitude larger than supported"
                  + " range");
      case DecimalNumber.Parsed.Underflow _ ->
          noNumber(
              "Number underflow. Attempting to store a number with magnitude smaller than supported"
                  + " range");
      case DecimalNumber.Parsed.TooPrecise _ ->
          noNumber("Attempting to store more than 38 significant digits in a Number");
    };
  }

  private Optional<BigDecimal> noNumber(String problem) {
    note(problem);
    return Optional.empty();
  }
}

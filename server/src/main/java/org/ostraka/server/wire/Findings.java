package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.error.ValidationException;

/**
 * Collects the problems of a readable request, and throws them in the service's order. One thread.
 *
 * <p>The order is: all broken constraints together; members that Ostraka does not support; the
 * first bad value, in the service's order of members.
 */
final class Findings {
  /** The most constraints that one answer lists. */
  private static final int MAX_LISTED = 10;

  private static final String START_KEY = "ExclusiveStartKey";

  /**
   * The members whose values are checked last, in order; items and keys come before them (dynalite
   * 4.0.0 validations).
   */
  private static final List<String> LATER_VALUES =
      List.of(
          "AttributeUpdates",
          "Expected",
          "QueryFilter",
          "ScanFilter",
          START_KEY,
          "ExpressionAttributeValues",
          "KeyConditions");

  /** The levels of nesting beyond which the service's older layer answers (about 62, measured). */
  private static final int DEEP_LEVELS = 62;

  private final List<String> constraints = new ArrayList<>();
  private @Nullable String unsupported;
  private final Map<String, String> values = new LinkedHashMap<>();
  private String member = "";
  private int deepestLevel;

  /** Notes a broken constraint; keeps only as many as an answer lists. */
  void constraint(String problem) {
    if (constraints.size() < MAX_LISTED) {
      constraints.add(problem);
    }
  }

  /** Notes a bad attribute value; keeps only the first of each member. */
  void value(ValueFault fault, String problem) {
    values.putIfAbsent(member, member.equals(START_KEY) ? fault.inStartKey(problem) : problem);
  }

  /** Notes the level of nesting of values that are nested too deeply. */
  void level(int level) {
    deepestLevel = Math.max(deepestLevel, level);
  }

  /** Returns whether values are nested so deeply that the service's older layer answers. */
  boolean areDeep() {
    return deepestLevel > DEEP_LEVELS;
  }

  /** Sets the member that the next values belong to. */
  void within(String name) {
    this.member = name;
  }

  /** Notes a member that Ostraka does not support; keeps only the first. */
  void unsupported(String name, boolean known) {
    if (unsupported == null) {
      unsupported =
          known
              ? name + " is not supported by this version of Ostraka"
              : name + " is not a member of this operation's request";
    }
  }

  void throwConstraints() {
    if (constraints.isEmpty()) {
      return;
    }
    int count = constraints.size();
    throw new ValidationException(
        count
            + (count == 1 ? " validation error" : " validation errors")
            + " detected: "
            + String.join("; ", constraints));
  }

  void throwUnsupported() {
    if (unsupported != null) {
      throw new ValidationException(unsupported);
    }
  }

  /**
   * Throws the first bad value.
   *
   * @param prefix the text that the operation puts before it
   */
  void throwValue(String prefix) {
    firstValue()
        .ifPresent(first -> {
          throw new ValidationException(prefix + first);
        });
  }

  /** Removes the bad values noted so far and returns the first, which is refused later. */
  Optional<String> takeValue() {
    Optional<String> first = firstValue();
    values.clear();
    return first;
  }

  private Optional<String> firstValue() {
    if (values.isEmpty()) { // most requests have no bad value: this costs less than making a stream
      return Optional.empty();
    }
    return values.entrySet().stream()
        .min(Comparator.comparingInt(found -> LATER_VALUES.indexOf(found.getKey())))
        .map(Map.Entry::getValue);
  }
}

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
 * What was found wrong with a request that can be read, in the order in which the service looks.
 * One thread.
 *
 * <p>First all broken constraints together; then members that Ostraka does not have; then the first
 * bad value, of one member of the request after another.
 */
final class Findings {
  /** Constraints that one answer lists, at most. */
  private static final int MAX_LISTED = 10;

  private static final String START_KEY = "ExclusiveStartKey";

  /**
   * The members of which values are looked at last, in order; items and keys come before them
   * (dynalite 4.0.0 validations).
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

  /** Levels of values beyond which the service's older layer answers (about 62, measured). */
  private static final int DEEP_LEVELS = 62;

  private final List<String> constraints = new ArrayList<>();
  private @Nullable String unsupported;
  private final Map<String, String> values = new LinkedHashMap<>();
  private String member = "";
  private int deepestLevel;

  /** Notes a broken constraint; only those that an answer lists count. */
  void constraint(String problem) {
    if (constraints.size() < MAX_LISTED) {
      constraints.add(problem);
    }
  }

  /** Notes a bad attribute value; of those in one member only the first counts. */
  void value(ValueFault fault, String problem) {
    values.putIfAbsent(member, member.equals(START_KEY) ? fault.inStartKey(problem) : problem);
  }

  /** Notes to which level values are nested, where they are nested too deeply. */
  void level(int level) {
    deepestLevel = Math.max(deepestLevel, level);
  }

  /** Whether values are nested so deeply that the service's older layer answers. */
  boolean areDeep() {
    return deepestLevel > DEEP_LEVELS;
  }

  /** Names the member in which the values stand that are read from now on. */
  void within(String name) {
    this.member = name;
  }

  /** Notes a member that is not honoured, and so is refused; only the first counts. */
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
   * @param prefix what the operation puts before it
   */
  void throwValue(String prefix) {
    firstValue()
        .ifPresent(first -> {
          throw new ValidationException(prefix + first);
        });
  }

  /** Forgets the bad values noted so far, and returns the first: its turn comes later. */
  Optional<String> takeValue() {
    Optional<String> first = firstValue();
    values.clear();
    return first;
  }

  private Optional<String> firstValue() {
    return values.entrySet().stream()
        .min(Comparator.comparingInt(found -> LATER_VALUES.indexOf(found.getKey())))
        .map(Map.Entry::getValue);
  }
}

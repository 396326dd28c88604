package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.error.ValidationException;

/**
 * What was found wrong with a request that can be read, in the order in which the service looks.
 * One thread.
 *
 * <p>First all broken constraints together; then members that Ostraka does not have; then the first
 * bad value, of items and keys before those that placeholders stand for.
 */
final class Findings {
  /** Constraints that one answer lists, at most. */
  private static final int MAX_LISTED = 10;

  /** What the problems have in common that do not name the key in which they were found. */
  private static final List<String> UNPLACED =
      List.of(
          "contains duplicates",
          "number set",
          "numeric value",
          "significant digits",
          "number with magnitude");

  private final List<String> constraints = new ArrayList<>();
  private @Nullable String unsupported;
  private @Nullable String value;
  private @Nullable String substitutedValue;
  private boolean substituted;
  private boolean startKey;

  /** Notes a broken constraint; only those that an answer lists count. */
  void constraint(String problem) {
    if (constraints.size() < MAX_LISTED) {
      constraints.add(problem);
    }
  }

  /** Notes a bad attribute value; of those in items and keys only the first counts. */
  void value(String unplaced) {
    String problem = startKey ? ofStartKey(unplaced) : unplaced;
    if (substituted) {
      substitutedValue = substitutedValue == null ? problem : substitutedValue;
    } else {
      value = value == null ? problem : value;
    }
  }

  /** Says whether the values from now on are those that placeholders stand for. */
  void substituted(boolean substituted) {
    this.substituted = substituted;
  }

  /** Says whether the values from now on are those of the key after which a page begins. */
  void startKey(boolean startKey) {
    this.startKey = startKey;
  }

  /**
   * What the service says of a value in such a key: what is wrong with numbers and duplicates does
   * not name it (dynalite 4.0.0 validations/query.js).
   */
  private static String ofStartKey(String problem) {
    boolean named = UNPLACED.stream().noneMatch(problem::contains);
    return named ? "The provided starting key is invalid: " + problem : problem;
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
    String first = value == null ? substitutedValue : value;
    if (first != null) {
      throw new ValidationException(prefix + first);
    }
  }
}

package org.ostraka.engine.scaling;

import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The values that a field of a cron expression may have. Immutable.
 *
 * @param names three letters for each value, beginning with the least; empty when there are none
 */
record CronField(int least, int most, String names) {
  private static final int LETTERS = 3;
  private static final int MAX_DIGITS = 4;

  /** Reads lists, ranges and steps; empty when the text is none of them. */
  Optional<NavigableSet<Integer>> values(String text) {
    NavigableSet<Integer> values = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      if (!add(part, values)) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private boolean add(String part, NavigableSet<Integer> values) {
    int slash = part.indexOf('/');
    String range = slash < 0 ? part : part.substring(0, slash);
    OptionalInt step = slash < 0 ? OptionalInt.of(1) : number(part.substring(slash + 1));
    int dash = range.indexOf('-');
    OptionalInt from;
    OptionalInt to;
    if (range.equals("*") || range.equals("?")) {
      from = OptionalInt.of(least);
      to = OptionalInt.of(most);
    } else if (dash < 0) {
      from = value(range);
      to = slash < 0 ? from : OptionalInt.of(most);
    } else {
      from = value(range.substring(0, dash));
      to = value(range.substring(dash + 1));
    }
    if (from.isEmpty() || to.isEmpty() || step.isEmpty() || step.getAsInt() < 1) {
      return false;
    }
    int end = to.getAsInt() < from.getAsInt() ? to.getAsInt() + most - least + 1 : to.getAsInt();
    for (int each = from.getAsInt(); each <= end; each += step.getAsInt()) {
      values.add(each > most ? each - (most - least + 1) : each);
    }
    return true;
  }

  /** Reads one value; empty when it is none, or out of bounds. */
  OptionalInt value(String text) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (text.length() == LETTERS && named >= 0 && named % LETTERS == 0) {
      return OptionalInt.of(least + named / LETTERS);
    }
    OptionalInt number = number(text);
    return number.isPresent() && number.getAsInt() >= least && number.getAsInt() <= most
        ? number
        : OptionalInt.empty();
  }

  private static OptionalInt number(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(each -> each >= '0' && each <= '9');
    return digits && text.length() <= MAX_DIGITS
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}

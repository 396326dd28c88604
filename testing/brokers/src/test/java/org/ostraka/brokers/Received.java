package org.ostraka.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a broker was sent. */
final class Received {
  private static final Pattern VALUE =
      Pattern.compile("\"NewImage\":.*\"value\":\\{\"S\":\"(\\d+)\"\\}");
  private static final Pattern ID = Pattern.compile("\"Keys\":\\{\"id\":\\{\"S\":\"([^\"]+)\"");

  private Received() {}

  static String id(String event) {
    return first(ID, event);
  }

  static int value(String event) {
    return Integer.parseInt(first(VALUE, event));
  }

  private static String first(Pattern pattern, String event) {
    Matcher matcher = pattern.matcher(event);
    assertThat(matcher.find()).as(event).isTrue();
    return matcher.group(1);
  }

  /**
   * Checks that all values from 1 came, and that those of an item came in their order, apart from
   * repetitions.
   */
  static void requireAllInOrder(List<String> events, int count) {
    Map<String, LinkedHashSet<Integer>> byItem = new TreeMap<>();
    for (String event : events) {
      byItem.computeIfAbsent(id(event), _ -> new LinkedHashSet<>()).add(value(event));
    }
    List<Integer> all = new ArrayList<>();
    byItem
        .values()
        .forEach(values -> {
          assertThat(List.copyOf(values)).isSorted();
          all.addAll(values);
        });
    assertThat(all).hasSize(count).doesNotHaveDuplicates();
  }
}

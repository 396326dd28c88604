package org.ostraka.voting.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which proof of consistency is asked for. Immutable.
 *
 * @param from the number of the earlier publication
 * @param to the number of the later one; the last one when empty
 */
record ConsistencyQuery(String region, int shard, long from, Optional<Long> to) {
  private static final Set<String> NAMES = Set.of("region", "shard", "from", "to");
  private static final String NUMBER = "[0-9]{1,9}";

  /** Reads the query of an address; empty when it is another one. */
  static Optional<ConsistencyQuery> of(String query) {
    Map<String, String> values = new HashMap<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = part.substring(0, Math.max(0, equals));
      String value = URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
      boolean isText = name.equals("region");
      if (!NAMES.contains(name)
          || !(isText || value.matches(NUMBER))
          || values.putIfAbsent(name, value) != null) {
        return Optional.empty();
      }
    }
    if (!values.keySet().containsAll(Set.of("region", "shard", "from"))) {
      return Optional.empty();
    }
    return Optional.of(
        new ConsistencyQuery(
            values.getOrDefault("region", ""),
            Integer.parseInt(values.getOrDefault("shard", "0")),
            Long.parseLong(values.getOrDefault("from", "0")),
            Optional.ofNullable(values.get("to")).map(Long::parseLong)));
  }
}

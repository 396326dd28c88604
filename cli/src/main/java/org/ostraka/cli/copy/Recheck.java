package org.ostraka.cli.copy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/**
 * What is left of keys that may differ after their items were read again. Immutable.
 *
 * @param moving keys whose item at the source was another one each time
 */
record Recheck(List<Difference> differences, List<JsonValue> moving) {
  private static final Duration BETWEEN_READS = Duration.ofMillis(300);

  /** Reads the items of these keys until they are equal, but not more often than this. */
  static Recheck of(Table source, Table target, List<JsonValue> keys, int rereads, Pause pause) {
    Map<JsonValue, Optional<Digest>> before = new HashMap<>();
    List<JsonValue> left = keys;
    Recheck found = new Recheck(List.of(), List.of());
    for (int read = 0; read <= rereads && !left.isEmpty(); read++) {
      if (read > 0) {
        Waits.rest(pause, BETWEEN_READS);
      }
      found = compared(source, target, left, before);
      left = new ArrayList<>(found.moving);
      found.differences.stream().map(Difference::key).forEach(left::add);
    }
    return found;
  }

  /**
   * Compares once.
   *
   * @param before the digests of the source's items at the last time, which are replaced
   */
  private static Recheck compared(
      Table source, Table target, List<JsonValue> keys, Map<JsonValue, Optional<Digest>> before) {
    Map<Digest, JsonValue> right = target.read(keys);
    Map<Digest, JsonValue> left = source.read(keys);
    List<Difference> differences = new ArrayList<>();
    List<JsonValue> moving = new ArrayList<>();
    for (JsonValue key : keys) {
      Digest id = ItemDigest.of(key);
      Optional<Digest> atSource = Optional.ofNullable(left.get(id)).map(ItemDigest::of);
      Optional<Digest> atTarget = Optional.ofNullable(right.get(id)).map(ItemDigest::of);
      Optional<Digest> last = before.getOrDefault(key, atSource);
      before.put(key, atSource);
      if (atSource.equals(atTarget)) {
        continue;
      }
      if (last.equals(atSource)) {
        differences.add(new Difference(key, kind(atSource, atTarget)));
      } else {
        moving.add(key);
      }
    }
    return new Recheck(differences, moving);
  }

  private static Difference.Kind kind(Optional<Digest> atSource, Optional<Digest> atTarget) {
    if (atSource.isEmpty()) {
      return Difference.Kind.ONLY_AT_TARGET;
    }
    return atTarget.isEmpty() ? Difference.Kind.ONLY_AT_SOURCE : Difference.Kind.OTHER_ITEM;
  }
}

package org.ostraka.server.wire;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Item;

/**
 * Shows the writes of a batch as the service does in messages: as Java objects, with each value as
 * its class and a number for its contents. Stateless.
 */
final class WriteRequestEcho {
  private static final String VALUE = JsonTypes.PACKAGE + "AttributeValue@";
  private static final String WRITE = JsonTypes.PACKAGE + "WriteRequest@";

  /** The most values that a message shows; each takes about 60 characters. */
  private static final int MAX_VALUES = 10_000;

  private WriteRequestEcho() {}

  /** Returns the text of writes by the names of their tables. */
  static String of(Map<?, ?> tables) {
    boolean few = tables.values().stream().mapToLong(WriteRequestEcho::values).sum() <= MAX_VALUES;
    return tables.entrySet().stream()
        .map(table -> table.getKey() + "=" + list((List<?>) table.getValue(), few))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static long values(Object writes) {
    return InTurn.listOf(writes).stream()
        .flatMap(write -> write.members().values().values().stream())
        .flatMap(action -> ((Members) action).values().values().stream())
        .mapToLong(item -> ((Item) item).attributes().size())
        .sum();
  }

  /** Returns the text of writes; writes with very many values are shown as their class alone. */
  private static String list(List<?> writes, boolean few) {
    return writes.stream()
        .map(write ->
            few
                ? request(((InTurn) write).members())
                : WRITE + Integer.toHexString(write.hashCode()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String request(Members write) {
    return "WriteRequest(putRequest="
        + action("PutRequest", "item", write)
        + ", deleteRequest="
        + action("DeleteRequest", "key", write)
        + ")";
  }

  /** Returns the text of an action; the service shows it with a member that no request has. */
  private static @Nullable String action(String name, String member, Members write) {
    Members action = write.structure(name);
    return action == null
        ? null
        : name + "(" + member + "=" + values(action) + ", workloadProfileName=null)";
  }

  private static @Nullable String values(Members action) {
    return action.values().values().stream()
        .findFirst()
        .map(item -> values((Item) item))
        .orElse(null);
  }

  private static String values(Item item) {
    return item.attributes().entrySet().stream()
        .map(value ->
            value.getKey() + "=" + VALUE + Integer.toHexString(value.getValue().hashCode()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}

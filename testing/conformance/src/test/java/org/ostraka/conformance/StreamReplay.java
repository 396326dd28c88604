package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * A table that is rebuilt from the records of its stream, which has new and old images. It fails at
 * a record that does not follow from those before it. One thread.
 */
final class StreamReplay {
  /** The attribute whose value each write changes to one that no other write has. */
  static final String ID = "write";

  /** The attribute with the item's expiry time. */
  static final String EXPIRES = "expires";

  private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items =
      new HashMap<>();
  private final Map<String, List<String>> eventIds = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> written = new HashSet<>();
  private final Set<String> removed = new HashSet<>();
  private final Map<Map<String, AttributeValue>, List<String>> orders = new HashMap<>();
  private int expirations;

  /** Applies the next record of a shard. */
  void apply(String shard, Record event) {
    StreamRecord change = event.dynamodb();
    assertThat(seen.add(event.eventID())).as("doubled: %s", event).isTrue();
    eventIds.computeIfAbsent(shard, _ -> new ArrayList<>()).add(event.eventID());
    Map<String, AttributeValue> before = items.get(change.keys());
    assertThat(change.hasOldImage()).as("%s after %s", event, before).isEqualTo(before != null);
    if (before != null) {
      assertThat(change.oldImage()).as("old image of %s", event).isEqualTo(before);
    }
    assertThat(event.eventName()).as("%s", event).isEqualTo(nameOf(change));
    if (change.hasNewImage()) {
      String id = change.newImage().get(ID).s();
      assertThat(written.add(id)).as("a second record of one write: %s", event).isTrue();
      items.put(change.keys(), change.newImage());
      orders.computeIfAbsent(change.keys(), _ -> new ArrayList<>()).add(id);
    } else {
      items.remove(change.keys());
      removed.add(change.oldImage().get(ID).s());
    }
    checkIdentity(event);
  }

  private static OperationType nameOf(StreamRecord change) {
    if (!change.hasNewImage()) {
      return OperationType.REMOVE;
    }
    return change.hasOldImage() ? OperationType.MODIFY : OperationType.INSERT;
  }

  private void checkIdentity(Record event) {
    if (event.userIdentity() == null) {
      return;
    }
    assertThat(event.userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
    assertThat(event.userIdentity().type()).isEqualTo("Service");
    assertThat(event.eventName()).isEqualTo(OperationType.REMOVE);
    assertThat(event.dynamodb().oldImage()).containsKey(EXPIRES);
    expirations++;
  }

  /** Returns the items by key. */
  Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items() {
    return items;
  }

  /** Returns the ids of the events of each shard, in the order of their records. */
  Map<String, List<String>> eventIds() {
    return eventIds;
  }

  /** Returns the ids of the writes of each item, in the order of their records. */
  Map<Map<String, AttributeValue>, List<String>> orders() {
    return orders;
  }

  /** Returns the ids of all writes that have a record. */
  Set<String> written() {
    return written;
  }

  /** Returns the ids that removed items had. */
  Set<String> removed() {
    return removed;
  }

  int records() {
    return seen.size();
  }

  /** Returns the number of removals by time to live. */
  int expirations() {
    return expirations;
  }
}

package org.ostraka.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.item.ItemChange;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.error.ThrottledException;
import org.ostraka.storage.Store;

/**
 * The writing of one BatchWriteItem. A store may carry out a batch in several parts: a new attempt
 * does not repeat those that are done. One thread.
 */
final class BatchWriting {
  private final Store store;
  private final Allowance allowance;
  private final Map<Integer, ItemChange> done = new TreeMap<>();
  private @Nullable List<Integer> open;
  private @Nullable ThrottledException refusal;

  BatchWriting(Store store, Allowance allowance) {
    this.store = store;
    this.allowance = allowance;
  }

  /**
   * Carries out the writes for which there is room: by one decision, if the store takes so many at
   * once and there is room in all global indexes that they change.
   *
   * @throws ThrottledException when there is room for none of them
   */
  void write(List<ItemWrite> writes) {
    List<Integer> places = open == null ? admitted(writes) : open;
    open = places;
    try {
      together(writes, places);
    } catch (ThrottledException full) {
      // A global index has no room for some of them, as the decision found, which wrote nothing.
      refusal = full;
      oneByOne(writes, places);
    }
    if (done.isEmpty() && refusal != null) {
      throw refusal;
    }
  }

  /** Returns the places of the writes whose tables have room for them. */
  private List<Integer> admitted(List<ItemWrite> writes) {
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < writes.size(); place++) {
      try {
        writes.get(place).capacity().requireRoom();
        places.add(place);
      } catch (ThrottledException full) {
        refusal = full;
      }
    }
    return places;
  }

  private void together(List<ItemWrite> writes, List<Integer> places) {
    List<Integer> left = places.stream().filter(place -> !done.containsKey(place)).toList();
    int before = done.size();
    ItemWrites.applyInParts(
        store,
        left.stream().map(writes::get).toList(),
        done.isEmpty() ? allowance : Allowance.unlimited(),
        changes -> {
          int from = done.size() - before;
          for (int i = 0; i < changes.size(); i++) {
            done.put(left.get(from + i), changes.get(i));
          }
        });
  }

  private void oneByOne(List<ItemWrite> writes, List<Integer> places) {
    for (int place : places) {
      if (!done.containsKey(place)) {
        try {
          Allowance room = done.isEmpty() ? allowance : Allowance.unlimited();
          done.put(place, ItemWrites.apply(store, List.of(writes.get(place)), room).getFirst());
        } catch (ThrottledException full) {
          refusal = full;
        }
      }
    }
  }

  /** Returns the change of a write; empty when there was no room for it. */
  Optional<ItemChange> change(int place) {
    return Optional.ofNullable(done.get(place));
  }
}

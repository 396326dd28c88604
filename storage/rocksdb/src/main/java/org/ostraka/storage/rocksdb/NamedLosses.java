package org.ostraka.storage.rocksdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ostraka.storage.volume.Loss;

/** Losses, of which the first are named; the others are counted. One thread. */
final class NamedLosses {
  static final int MAX_NAMED = 1_000;

  private final List<Loss> named = new ArrayList<>();
  private long others;
  private Loss.Keys keysOfOthers = Loss.Keys.none();

  void add(Loss loss) {
    if (named.size() < MAX_NAMED) {
      named.add(loss);
      return;
    }
    others++;
    keysOfOthers = around(keysOfOthers, loss.keys());
  }

  /** Returns the losses; the last may be of any key between those of all that it counts. */
  List<Loss> all() {
    List<Loss> all = new ArrayList<>(named);
    if (others > 0) {
      all.add(
          new Loss(others + " more files, blocks or records are damaged or missing", keysOfOthers));
    }
    return all;
  }

  /** Returns the least range that has the keys of two. */
  private static Loss.Keys around(Loss.Keys one, Loss.Keys other) {
    if (isNone(one) || isNone(other)) {
      return isNone(one) ? other : one;
    }
    boolean begins = Arrays.compareUnsigned(one.first(), other.first()) <= 0;
    boolean ends = Arrays.compareUnsigned(one.last(), other.last()) >= 0;
    return new Loss.Keys(begins ? one.first() : other.first(), ends ? one.last() : other.last());
  }

  private static boolean isNone(Loss.Keys keys) {
    return Arrays.compareUnsigned(keys.first(), keys.last()) > 0;
  }
}

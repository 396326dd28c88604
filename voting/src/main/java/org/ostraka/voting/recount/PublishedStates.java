package org.ostraka.voting.recount;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ostraka.voting.audit.Hash;
import org.ostraka.voting.audit.ShardRoot;

/**
 * What the publications of a region say of the log of one shard. Not thread-safe.
 *
 * <p>A large election has millions of them, so a state takes twelve bytes: the number of its
 * publication, the size of the log, and the first bytes of the root, which tell what publication
 * differs. One hash over all roots tells whether any differs.
 */
final class PublishedStates {
  private static final int FIRST_CAPACITY = 8;
  private static final Hash START = Hash.ofText("");

  private int[] numbers = new int[FIRST_CAPACITY];
  private int[] sizes = new int[FIRST_CAPACITY];
  private int[] prefixes = new int[FIRST_CAPACITY];
  private int count;
  private Hash last = Hash.EMPTY_TREE;
  private Hash all = START;

  /**
   * Adds the state in the next publication; one that is the same as the last is passed over.
   *
   * @throws IllegalArgumentException if the log was larger before
   */
  void add(int number, ShardRoot state) {
    int size = Math.toIntExact(state.size());
    int before = count == 0 ? 0 : sizes[count - 1];
    if (size < before) {
      throw new IllegalArgumentException("the log had " + before + " records before");
    }
    if (size == before && state.root().equals(last)) {
      return;
    }
    if (count == sizes.length) {
      int capacity = count + count / 2;
      numbers = Arrays.copyOf(numbers, capacity);
      sizes = Arrays.copyOf(sizes, capacity);
      prefixes = Arrays.copyOf(prefixes, capacity);
    }
    numbers[count] = number;
    sizes[count] = size;
    prefixes[count] = prefix(state.root());
    count++;
    last = state.root();
    all = all.chained(last);
  }

  private static int prefix(Hash root) {
    return ByteBuffer.wrap(root.bytes()).getInt();
  }

  /** Compares the states, one after the other, with the roots of a log that is read once. */
  Comparison compare() {
    return new Comparison();
  }

  /** One pass over the states. Not thread-safe. */
  final class Comparison {
    private int at;
    private Hash seen = START;

    private Comparison() {}

    boolean hasNext() {
      return at < count;
    }

    /** Returns the number of the next state's publication. */
    int number() {
      return numbers[at];
    }

    /** Returns the size of the log in the next state. */
    int size() {
      return sizes[at];
    }

    /** Moves on; returns whether the state can have this root. */
    boolean accept(Hash root) {
      seen = seen.chained(root);
      boolean can = prefixes[at] == prefix(root);
      at++;
      return can;
    }

    /** Returns, after the last state, whether all of them have the roots that were accepted. */
    boolean holds() {
      return !hasNext() && seen.equals(all);
    }
  }
}

package org.ostraka.benchmarks.load;

import java.util.random.RandomGenerator;

/** What chance says about one client's requests. One thread. */
public final class Draw {
  private final Distribution.Picker picker;
  private final KeySpace space;
  private final RandomGenerator random;
  private long last;

  Draw(Distribution.Picker picker, KeySpace space, RandomGenerator random) {
    this.picker = picker;
    this.space = space;
    this.random = random;
  }

  /** The key of the next operation. */
  public long key() {
    last = picker.next(random);
    return last;
  }

  /** The same key once more. */
  public long sameKey() {
    return last;
  }

  /** A key that is not in use yet. */
  public long freshKey() {
    last = space.fresh();
    return last;
  }

  /** How many keys there were at first. */
  public long keys() {
    return space.keys();
  }

  /** A number from 0 to below this. */
  public long below(long bound) {
    return random.nextLong(bound);
  }

  /** Somewhere in the texts, with at least this many characters behind. */
  public int text(int characters) {
    return Texts.offset(random, characters);
  }
}

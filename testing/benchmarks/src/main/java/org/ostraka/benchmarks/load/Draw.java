package org.ostraka.benchmarks.load;

import java.util.random.RandomGenerator;

/** The random choices for one client's requests. One thread. */
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

  /** Draws the key of the next operation. */
  public long key() {
    last = picker.next(random);
    return last;
  }

  /** Returns the last key again. */
  public long sameKey() {
    return last;
  }

  /** Returns a key that is not in use yet. */
  public long freshKey() {
    last = space.fresh();
    return last;
  }

  /** Returns the number of keys at the start. */
  public long keys() {
    return space.keys();
  }

  /** Draws a number from 0 to below this. */
  public long below(long bound) {
    return random.nextLong(bound);
  }

  /** Draws an offset in the texts with at least this many characters after it. */
  public int text(int characters) {
    return Texts.offset(random, characters);
  }
}

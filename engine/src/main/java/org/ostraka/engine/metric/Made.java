package org.ostraka.engine.metric;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counters that take no memory until they are needed. Stateless. */
final class Made {
  private Made() {}

  /** Returns what a place has, and makes it when it is empty. */
  static <T> T once(AtomicReference<@Nullable T> place, Supplier<T> maker) {
    T known = place.get();
    if (known == null) {
      T made = maker.get();
      known = place.compareAndSet(null, made) ? made : Objects.requireNonNull(place.get());
    }
    return known;
  }
}

package org.ostraka.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Makes random values of one kind. Stateless: the same randomness gives the same value.
 *
 * @param <T> the kind of value
 */
@FunctionalInterface
public interface Generator<T> {
  /** Makes the next value from this source of randomness. */
  T next(RandomGenerator random);

  /** Chooses one of these values, each with the same probability. */
  static <T> Generator<T> oneOf(List<T> values) {
    List<T> choices = List.copyOf(values);
    return random -> choices.get(random.nextInt(choices.size()));
  }

  /** Chooses one of these generators, each with the same probability. */
  static <T> Generator<T> either(List<Generator<T>> generators) {
    Generator<Generator<T>> choice = oneOf(generators);
    return random -> choice.next(random).next(random);
  }

  /** Applies {@code conversion} to the values. */
  default <U> Generator<U> map(Function<T, U> conversion) {
    return random -> conversion.apply(next(random));
  }

  /** Makes lists of 1 to {@code maxLength} such values. */
  default Generator<List<T>> listsOfUpTo(int maxLength) {
    return random -> {
      int length = 1 + random.nextInt(maxLength);
      List<T> values = new ArrayList<>(length);
      for (int i = 0; i < length; i++) {
        values.add(next(random));
      }
      return values;
    };
  }
}

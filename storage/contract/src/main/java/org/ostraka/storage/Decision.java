package org.ostraka.storage;

/**
 * Chooses writes from the rows as they are. Pure: a store may run it more than once, on any thread.
 *
 * @param <T> what the caller of {@link Store#transact} learns
 */
@FunctionalInterface
public interface Decision<T> {
  /** Decides on the declared rows; throwing refuses, and leaves everything as it was. */
  Verdict<T> decide(CurrentRows rows);
}

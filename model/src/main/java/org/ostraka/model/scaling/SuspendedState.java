package org.ostraka.model.scaling;

/**
 * Which kinds of scaling of a target are suspended. Immutable.
 *
 * @param in whether policies may not lower the capacity
 * @param out whether policies may not raise the capacity
 * @param scheduled whether scheduled actions are passed over
 */
public record SuspendedState(boolean in, boolean out, boolean scheduled) {
  /** Nothing is suspended. */
  public static final SuspendedState NONE = new SuspendedState(false, false, false);
}

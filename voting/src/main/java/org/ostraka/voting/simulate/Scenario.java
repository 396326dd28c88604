package org.ostraka.voting.simulate;

/**
 * What goes wrong in a cell, in seconds from the start. Immutable.
 *
 * @param name what a picture calls it
 * @param from when the database of the first region goes down; beyond the end for never
 * @param until when it is back
 * @param moved when its shards are moved and one copy is enough; beyond the end for never
 */
public record Scenario(String name, double from, double until, double moved) {
  private static final double NEVER = Double.MAX_VALUE;

  /** Nothing goes wrong. */
  public static final Scenario QUIET = new Scenario("all is well", NEVER, NEVER, NEVER);

  /** A node or a zone is lost, and replaced after some seconds. */
  public static Scenario replaced(String name, double from, double after) {
    return new Scenario(name, from, from + after, NEVER);
  }

  /** A region is lost for good, and its shards are moved after some seconds. */
  public static Scenario moved(String name, double from, double after) {
    return new Scenario(name, from, NEVER, from + after);
  }
}

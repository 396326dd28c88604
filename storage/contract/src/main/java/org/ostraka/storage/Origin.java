package org.ostraka.storage;

/**
 * The region in which a change was made, as a number that all regions agree on. Immutable.
 *
 * @param id 0 for rows that belong to no region; compared as an unsigned number
 */
public record Origin(int id) implements Comparable<Origin> {
  /** No region: the catalogue, the tokens of requests, rows from before there were origins. */
  public static final Origin NONE = new Origin(0);

  @Override
  public int compareTo(Origin other) {
    return Integer.compareUnsigned(id, other.id);
  }
}

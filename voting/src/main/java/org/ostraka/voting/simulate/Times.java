package org.ostraka.voting.simulate;

/**
 * What one vote costs, as it was measured; all in seconds. Immutable. The service times of a
 * simulation are exponential with these means.
 *
 * @param server the processor's time of a voting server
 * @param turnAway that of a voting server for a vote that it turns away, since all places are taken
 * @param cast that of the database in the voter's region, for the transaction
 * @param apply that of the database in the other region, for the replicated row
 * @param read that of a look whether the row is there
 * @param sync the time of one sync of the log's disk
 * @param between the time of a message from one region to the other
 */
public record Times(
    double server,
    double turnAway,
    double cast,
    double apply,
    double read,
    double sync,
    double between) {
  private static final double LOOKS = 1.5;

  /** Returns the processor's time of a database node for each vote of its cell. */
  public double ofNode() {
    // A node is the home of half of the cell's votes, and the copy of the other half.
    return (cast + apply + LOOKS * read) / 2;
  }
}

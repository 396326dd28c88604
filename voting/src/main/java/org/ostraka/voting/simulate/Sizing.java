package org.ostraka.voting.simulate;

/**
 * How many machines a rate of votes needs, and what they cost. Immutable.
 *
 * @param votesPerSecond the rate
 * @param times what a vote costs
 * @param bytesOfVote on the disks of one region: ballot, change records, audit log
 * @param bytesBetween from region to region for each vote
 */
public record Sizing(int votesPerSecond, Times times, int bytesOfVote, int bytesBetween) {
  /** The cores of a machine. */
  public static final int CORES = 16;

  /** The share of the cores that works when nothing is wrong. */
  public static final double USE = 0.6;

  /**
   * An hour of a c5.4xlarge, 16 cores, on demand in us-east-1 (Amazon EC2 Auto Scaling's guide).
   */
  public static final double MACHINE_HOUR = 0.68;

  /** A GB from region to region. */
  public static final double GIGABYTE_BETWEEN = 0.02;

  /** A million write request units on demand. */
  public static final double MILLION_WRITES = 0.625;

  /** The voters of the mission. */
  public static final long VOTERS = 350_000_000L;

  private static final int WRITE_UNITS = 4;
  private static final int SECONDS_OF_HOUR = 3_600;

  /** Returns the votes a second that a cell takes. */
  public double votesOfCell() {
    return CORES * USE / times.ofNode();
  }

  /** Returns the number of cells: each has a database node in each of two regions. */
  public int cells() {
    return (int) Math.ceil(votesPerSecond / votesOfCell());
  }

  public int nodes() {
    return 2 * cells();
  }

  /** Returns the number of voting servers' machines. */
  public int servers() {
    return (int) Math.ceil(votesPerSecond * times.server() / (CORES * USE));
  }

  /** Returns the GB that all votes take on the disk of each node. */
  public double gigabytesOfNode() {
    return (double) VOTERS * bytesOfVote / cells() / 1e9;
  }

  /** Returns the megabits a second between the regions, in each direction. */
  public double megabitsBetween() {
    return votesPerSecond / 2.0 * bytesBetween * 8 / 1e6;
  }

  /** Returns the dollars of an hour at this rate. */
  public double dollarsOfHour() {
    double gigabytes = (double) votesPerSecond * bytesBetween * SECONDS_OF_HOUR / 1e9;
    return (nodes() + servers()) * MACHINE_HOUR + gigabytes * GIGABYTE_BETWEEN;
  }

  /** Returns the dollars of the write units of an hour at this rate, on DynamoDB in one region. */
  public double dollarsOfDynamoDb() {
    return (double) votesPerSecond * SECONDS_OF_HOUR * WRITE_UNITS / 1e6 * MILLION_WRITES;
  }
}

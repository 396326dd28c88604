package org.ostraka.voting.load;

import java.util.List;
import java.util.random.RandomGenerator;
import org.ostraka.voting.election.Election;

/** The voters of an election, of whom some regions are the home of more than others. Immutable. */
final class Electorate {
  // A region has one shard at least, so some names for each shard find a voter of any region.
  private static final int MAX_NAMES_OF_A_SHARD = 1_000;

  private final Election election;
  private final List<String> homes;
  private final Skew skew;

  /**
   * Makes the voters.
   *
   * @param exponent of the skew over regions, of which the first is the home of the most voters
   */
  Electorate(Election election, double exponent) {
    this.election = election;
    // A shard's home is the region at its number, so regions beyond the last shard have no voters.
    this.homes = election.regions().stream().limit(election.sharding().shards()).toList();
    this.skew = new Skew(homes.size(), exponent);
  }

  /** Returns a voter whose name begins with a text and a hyphen. */
  String voter(String beginning, RandomGenerator random) {
    String home = homes.get(skew.choose(random));
    int most = MAX_NAMES_OF_A_SHARD * election.sharding().shards();
    for (int number = 0; number < most; number++) {
      String voter = beginning + "-" + number;
      if (election.homeOf(election.shardOf(voter)).equals(home)) {
        return voter;
      }
    }
    throw new IllegalStateException("no name of a voter of " + home + " in " + most);
  }
}

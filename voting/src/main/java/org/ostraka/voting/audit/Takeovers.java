package org.ostraka.voting.audit;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;

/**
 * The elections in which the count of a region was taken over by another one. One thread looks for
 * them; any thread asks.
 *
 * <p>All regions that answer are asked, since a region that comes back after a long time may not
 * have the row yet.
 */
public final class Takeovers {
  private static final System.Logger LOG = System.getLogger(Takeovers.class.getName());

  private final VoteTable counts;
  private final String region;
  private final String consequence;
  private final Set<String> elections = ConcurrentHashMap.newKeySet();
  private final Set<String> silent = new HashSet<>();

  /**
   * Makes the list, which is empty until the first look.
   *
   * @param region whose count may be taken over
   * @param consequence what does not happen any more in such an election, as a sentence of the log
   */
  public Takeovers(VoteTable counts, String region, String consequence) {
    this.counts = counts;
    this.region = region;
    this.consequence = consequence;
  }

  /** Looks into every region. One that does not answer is passed over. */
  public void look() {
    for (String asked : counts.regions()) {
      try {
        counts
            .readAll(asked, Takeover.partition(region))
            .forEach(row -> note(Attributes.text(row, Keys.SORT), asked));
        boolean _ = silent.remove(asked);
      } catch (RuntimeException away) {
        // Whatever is wrong there, the others have to be asked.
        if (silent.add(asked)) {
          LOG.log(
              System.Logger.Level.WARNING,
              "cannot ask "
                  + asked
                  + " whether the count of "
                  + region
                  + " was taken over: "
                  + away.getMessage());
        }
      }
    }
  }

  private void note(String election, String asked) {
    if (elections.add(election)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the count of "
              + region
              + " for election "
              + election
              + " was taken over, says "
              + asked
              + ": "
              + consequence);
    }
  }

  /** Returns whether the count for an election was taken over. */
  public boolean contains(String election) {
    return elections.contains(election);
  }
}

package org.ostraka.voting.audit;

/** Names an audit log: what happened in one region to the ballots of one shard. Immutable. */
public record LogId(String election, int shard, String region) {

  /** Returns the partition of the log's segments. */
  public String partition() {
    return "LOG#" + election + "#" + shard + "#" + region;
  }

  /** Returns the beginning of the log's chain, which is another one for each log. */
  Hash origin() {
    return Hash.ofText("ostraka-voting-log-1\n" + partition());
  }
}

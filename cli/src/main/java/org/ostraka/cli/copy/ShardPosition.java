package org.ostraka.cli.copy;

/**
 * How far a shard has been read. Immutable.
 *
 * @param after the sequence number of the last record whose change is at the target; empty at the
 *     shard's beginning
 * @param isEnded whether the shard has no more records
 */
record ShardPosition(String after, boolean isEnded) {
  static final ShardPosition BEGINNING = new ShardPosition("", false);
  static final ShardPosition ENDED = new ShardPosition("", true);
}

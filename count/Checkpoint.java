package org.ostraka.voting.count;

import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How far a shard of a stream is counted, and by whom. Immutable.
 *
 * @param beat grows with every change of the checkpoint; each change requires the one before
 * @param position the sequence number of the last record that is counted; empty before the first
 * @param isFinished whether the shard is closed and all of its records are counted
 */
record Checkpoint(
    String shard, String owner, long beat, Optional<String> position, boolean isFinished) {
  static final String OWNER = "owner";
  static final String BEAT = "beat";
  static final String POSITION = "position";
  static final String FINISHED = "finished";

  static Checkpoint of(Map<String, AttributeValue> row) {
    return new Checkpoint(
        Attributes.text(row, Keys.SORT),
        Attributes.text(row, OWNER),
        Attributes.number(row, BEAT),
        Optional.ofNullable(row.get(POSITION)).map(AttributeValue::s),
        row.containsKey(FINISHED));
  }

  /** Returns the checkpoint after one more change. */
  Checkpoint moved(Optional<String> to) {
    return new Checkpoint(shard, owner, beat + 1, to, false);
  }
}

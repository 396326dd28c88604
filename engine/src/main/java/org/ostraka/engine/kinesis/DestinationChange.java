package org.ostraka.engine.kinesis;

import java.util.function.Function;
import org.ostraka.engine.catalogue.StreamingDestinations;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.TableStatus;

/** Changes of one destination in a table's record. Stateless. */
final class DestinationChange {
  private DestinationChange() {}

  /**
   * Stores the next state of a destination. A table that is being created does not exist yet for
   * these operations, and one that is being deleted may still be changed.
   *
   * @param choice returns the next state, or refuses the change
   * @return the state that was stored
   */
  static StreamingDestination of(
      AdmittedTable table, String streamArn, Function<TableRecord, StreamingDestination> choice) {
    StreamingDestinations stored =
        table
            .change(record -> {
              if (record.description().status() == TableStatus.CREATING) {
                throw table.missing();
              }
              return record.withDestinations(record.destinations().with(choice.apply(record)));
            })
            .stored()
            .destinations();
    return stored.find(streamArn).orElseThrow();
  }
}

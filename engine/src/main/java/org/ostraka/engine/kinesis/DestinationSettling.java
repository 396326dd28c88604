package org.ostraka.engine.kinesis;

import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.engine.stream.StreamChange;
import org.ostraka.model.Principal;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ResourceNotFoundException;

/**
 * Ends the changes of tables' Kinesis data streams, as those who deliver find them done. Any
 * thread.
 */
public final class DestinationSettling {
  private final Catalogue catalogue;
  private final StreamSettings settings;
  private final Clock clock;

  public DestinationSettling(Catalogue catalogue, StreamSettings settings, Clock clock) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.clock = clock;
  }

  /** Ends the change of a stream's state with success. The table records what is needed then. */
  public void settle(TableArn table, String streamArn) {
    change(table, streamArn, StreamingDestination::settled);
  }

  /** Ends the enabling of a stream without success. */
  public void fail(TableArn table, String streamArn, String reason) {
    change(table, streamArn, destination -> destination.failed(reason));
  }

  private void change(
      TableArn table, String streamArn, UnaryOperator<StreamingDestination> change) {
    Instant now = clock.instant();
    try {
      var _ =
          catalogue.changeWithSpace(
              Principal.Service.SERVER,
              table,
              record -> {
                TableRecord next =
                    record
                        .destinations()
                        .find(streamArn)
                        .map(present ->
                            record.withDestinations(
                                record.destinations().with(change.apply(present))))
                        .orElse(record);
                return space -> StreamChange.withNeededShards(next, space, settings, now);
              });
    } catch (ResourceNotFoundException _) {
      // The table was deleted meanwhile.
    }
  }
}

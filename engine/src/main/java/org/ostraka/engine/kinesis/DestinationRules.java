package org.ostraka.engine.kinesis;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.StreamingDestinations;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.StreamingDestinationStatus;
import org.ostraka.model.TableName;
import org.ostraka.model.TimePrecision;
import org.ostraka.model.error.ValidationException;

/**
 * Rules for changing a table's Kinesis data streams. Whether a stream exists is not checked here:
 * the service answers first, and shows later that it could not enable the stream. Stateless.
 *
 * <p>Q-268, Q-299 to measured the texts and states (October 2026).
 */
final class DestinationRules {
  private DestinationRules() {}

  /** Returns the destination while it is being enabled; a table has one live stream at most. */
  static StreamingDestination enabling(
      StreamingDestinations present, String streamArn, @Nullable TimePrecision precision) {
    if (present.hasLive()) {
      throw invalidState(
          "EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE"
              + " operation.");
    }
    return StreamingDestination.enabling(streamArn, Optional.ofNullable(precision));
  }

  /** Refuses a request to disable that has settings. */
  static void refuseSettings(@Nullable TimePrecision precision) {
    if (precision != null) {
      throw new ValidationException(
          "Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters");
    }
  }

  /** Returns the destination while it is being disabled; it may be asked for twice. */
  static StreamingDestination disabling(StreamingDestinations present, String streamArn) {
    StreamingDestination destination =
        present.find(streamArn).orElseThrow(DestinationRules::notActive);
    return switch (destination.status()) {
      case ACTIVE, DISABLING -> destination.disabling();
      case ENABLING, DISABLED, ENABLE_FAILED, UPDATING -> throw notActive();
    };
  }

  /** Returns the precision of a request to update, which it must have. */
  static TimePrecision requirePrecision(@Nullable TimePrecision precision) {
    if (precision == null) {
      throw new ValidationException(
          "Streaming destination cannot be updated with given parameters:"
              + " UpdateKinesisStreamingConfiguration cannot be null or contain only null values");
    }
    return precision;
  }

  /** Returns the destination while its precision changes; it shows the next one meanwhile. */
  static StreamingDestination updating(
      StreamingDestinations present,
      TableName table,
      UUID tableId,
      String streamArn,
      TimePrecision precision) {
    StreamingDestination destination =
        present
            .find(streamArn)
            .orElseThrow(() ->
                invalidState(
                    "No streaming destination with streamArn: "
                        + streamArn
                        + " found for table with tableName: "
                        + table));
    if (destination.status() != StreamingDestinationStatus.ACTIVE) {
      throw invalidState(
          "Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state."
              + " TableName: "
              + table
              + ", kdsArn: "
              + streamArn);
    }
    if (destination.effectivePrecision() == precision) {
      throw new ValidationException(
          "Invalid Request: Precision is already set to the desired value of "
              + precision
              + " for tableId: "
              + tableId
              + ", kdsArn: "
              + streamArn);
    }
    return destination.updating(precision);
  }

  private static ValidationException notActive() {
    return invalidState("KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.");
  }

  private static ValidationException invalidState(String problem) {
    return new ValidationException(
        "Table is not in a valid state to enable Kinesis Streaming Destination: " + problem);
  }
}

package org.ostraka.model;

import java.util.Optional;

/**
 * A Kinesis data stream to which a table's changes are sent, or were sent. Immutable.
 *
 * @param streamArn the stream's ARN as the request has it
 * @param statusDescription why it could not be enabled
 * @param precision the precision of times, when a request chose one
 */
public record StreamingDestination(
    String streamArn,
    StreamingDestinationStatus status,
    Optional<String> statusDescription,
    Optional<TimePrecision> precision) {

  /** Makes a destination that is being enabled. */
  public static StreamingDestination enabling(String streamArn, Optional<TimePrecision> precision) {
    return new StreamingDestination(
        streamArn, StreamingDestinationStatus.ENABLING, Optional.empty(), precision);
  }

  /** Returns the precision of times; milliseconds unless a request chose another. */
  public TimePrecision effectivePrecision() {
    return precision.orElse(TimePrecision.MILLISECOND);
  }

  public StreamingDestination disabling() {
    return with(StreamingDestinationStatus.DISABLING);
  }

  public StreamingDestination updating(TimePrecision next) {
    return new StreamingDestination(
        streamArn, StreamingDestinationStatus.UPDATING, Optional.empty(), Optional.of(next));
  }

  /** Returns the destination after the change in progress has succeeded. */
  public StreamingDestination settled() {
    return switch (status) {
      case ENABLING, UPDATING -> with(StreamingDestinationStatus.ACTIVE);
      case DISABLING -> with(StreamingDestinationStatus.DISABLED);
      case ACTIVE, DISABLED, ENABLE_FAILED -> this;
    };
  }

  /** Returns the destination after it could not be enabled; others stay as they are. */
  public StreamingDestination failed(String reason) {
    return status == StreamingDestinationStatus.ENABLING
        ? new StreamingDestination(
            streamArn, StreamingDestinationStatus.ENABLE_FAILED, Optional.of(reason), precision)
        : this;
  }

  private StreamingDestination with(StreamingDestinationStatus next) {
    return new StreamingDestination(streamArn, next, Optional.empty(), precision);
  }
}

package org.ostraka.model;

/** The state of a Kinesis data stream to which a table's changes are sent. */
public enum StreamingDestinationStatus {
  ENABLING,
  ACTIVE,
  DISABLING,
  DISABLED,
  ENABLE_FAILED,
  UPDATING;

  /** Returns whether changes are sent, or the state is about to change. */
  public boolean isLive() {
    return switch (this) {
      case ENABLING, ACTIVE, DISABLING, UPDATING -> true;
      case DISABLED, ENABLE_FAILED -> false;
    };
  }

  /** Returns whether changes are sent. */
  public boolean isDelivering() {
    return switch (this) {
      case ACTIVE, UPDATING -> true;
      case ENABLING, DISABLING, DISABLED, ENABLE_FAILED -> false;
    };
  }
}

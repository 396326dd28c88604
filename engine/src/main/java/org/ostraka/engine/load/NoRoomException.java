package org.ostraka.engine.load;

import org.ostraka.storage.AbandonedDecisionException;

/** Abandons a decision that has no room for its outcome; nothing was done. Has no stack trace. */
final class NoRoomException extends AbandonedDecisionException {
  private static final long serialVersionUID = 1;

  private final long answerBytes;
  private final long rowBytes;

  NoRoomException(long answerBytes, long rowBytes) {
    super("no room now");
    this.answerBytes = answerBytes;
    this.rowBytes = rowBytes;
  }

  long answerBytes() {
    return answerBytes;
  }

  long rowBytes() {
    return rowBytes;
  }
}

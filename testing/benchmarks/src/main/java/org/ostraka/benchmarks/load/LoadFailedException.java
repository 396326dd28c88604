package org.ostraka.benchmarks.load;

import java.io.IOException;

/** A server did not answer, or not with success: what was measured means nothing. */
public final class LoadFailedException extends IOException {

  /** Says what was answered. */
  public LoadFailedException(String message) {
    super(message);
  }
}

package org.ostraka.benchmarks.load;

import java.io.IOException;

/** A server did not answer, or did not answer with success, so the measurement is void. */
public final class LoadFailedException extends IOException {

  /** Takes a message with the answer. */
  public LoadFailedException(String message) {
    super(message);
  }
}

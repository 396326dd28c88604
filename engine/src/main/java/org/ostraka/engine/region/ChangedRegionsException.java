package org.ostraka.engine.region;

/** A start would serve regions otherwise than the data in the store allows. */
public final class ChangedRegionsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ChangedRegionsException(String message) {
    super(message);
  }
}

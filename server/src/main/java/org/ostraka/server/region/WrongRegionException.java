package org.ostraka.server.region;

/** A call is for a region of another process, or comes from a region of this one. */
final class WrongRegionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongRegionException(String message) {
    super(message);
  }
}

package org.ostraka.server.wire;

/** Nothing was done of a request, since there is no room for its answer. */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OverloadedException() {
    super("there is no room for the answer", null, false, false);
  }
}

package org.ostraka.server.wire;

/** There is no room for the answer of a request, which was therefore not carried out. */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OverloadedException() {
    super("there is no room for the answer", null, false, false);
  }
}

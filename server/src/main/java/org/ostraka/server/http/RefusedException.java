package org.ostraka.server.http;

/**
 * Ends the reading of a request that is refused. It has no stack trace, since a refusal must be
 * cheap.
 */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.name(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}

package org.ostraka.server.http;

/**
 * Leaves the reading of a request that is to be refused. Carries no stack trace: refusing must stay
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

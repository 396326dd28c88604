package org.ostraka.engine.load;

/**
 * Refuses a request because the server has no memory or no time for it now; nothing was done. Has
 * no stack trace, since refusing must stay cheap.
 */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OverloadedException(String lack) {
    super(lack, null, false, false);
  }
}

package org.ostraka.storage;

/**
 * Records that a reader of a log has not seen yet were trimmed: it has lost them, and can go on
 * after {@link #oldest}.
 */
public final class LogTrimmedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Position oldest;

  public LogTrimmedException(LogId log, Position after, Position oldest) {
    super(
        "log "
            + log.space().id()
            + " was trimmed up to position "
            + oldest.value()
            + ", and its reader has come to "
            + after.value()
            + " only");
    this.oldest = oldest;
  }

  /** Returns the position after which everything is still there. */
  public Position oldest() {
    return oldest;
  }
}

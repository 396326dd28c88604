package org.ostraka.cli.analytics;

/** Parquet files cannot be written, or a query cannot be answered. The message says why. */
public final class AnalyticsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AnalyticsException(String message) {
    super(message);
  }

  public AnalyticsException(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.ostraka.server.audit;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What an operator chooses for the audit log. Immutable.
 *
 * @param directory where its files are
 * @param dataEvents which operations on items are recorded
 * @param fileBytes the size from which a new file begins
 * @param days how long files are kept; 0 for ever
 */
public record AuditSettings(Path directory, ItemEvents dataEvents, long fileBytes, int days) {
  /** Checks the numbers. */
  public AuditSettings {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(dataEvents);
    if (fileBytes <= 0 || days < 0) {
      throw new IllegalArgumentException("a size is positive, and days are not negative");
    }
  }
}

package org.ostraka.server.http;

import io.helidon.common.features.HelidonFeatures;
import io.helidon.common.features.api.HelidonFlavor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What Helidon logs. A class of its own, since the first use of {@code java.util.logging} opens
 * every jar of the class path: whoever prepares a server chooses on which thread.
 */
final class HelidonLogLevel {
  /**
   * Helidon logs each start and stop, which the process reports itself. A field, since the log
   * manager holds loggers weakly.
   */
  private static final Logger LOG = Logger.getLogger("io.helidon");

  private HelidonLogLevel() {}

  /**
   * Names Helidon's flavour, of which the first name counts. Helidon lists its features only for
   * the flavour SE; another name skips that scan.
   */
  static void quieten() {
    LOG.setLevel(Level.WARNING);
    HelidonFeatures.flavor(HelidonFlavor.MP);
  }
}

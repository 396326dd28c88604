package org.ostraka.server.http;

import io.helidon.common.features.HelidonFeatures;
import io.helidon.common.features.api.HelidonFlavor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What Helidon logs. A class of its own, since the first use of {@code java.util.logging} opens
 * every jar of the class path: whoever prepares a server chooses on which thread. Any thread.
 */
final class HelidonLogLevel {
  /**
   * Helidon logs each start and stop, which the process reports itself. A field, since the log
   * manager holds loggers weakly.
   */
  private static final Logger LOG = Logger.getLogger("io.helidon");

  private HelidonLogLevel() {}

  /**
   * Lets Helidon log warnings only, and sets its flavour to MP: for the flavour SE it would list
   * its features. The first flavour that is set counts.
   */
  static void quieten() {
    LOG.setLevel(Level.WARNING);
    HelidonFeatures.flavor(HelidonFlavor.MP);
  }
}

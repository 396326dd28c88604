package org.ostraka.cli;

import java.util.Optional;

/** What this program calls itself. */
final class Version {
  private Version() {}

  static String text() {
    String number =
        Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return "Ostraka " + number + " on Java " + Runtime.version();
  }
}

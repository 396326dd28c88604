package org.ostraka.cli;

import java.util.Optional;

/** The line that names the program and its version. */
final class Version {
  private Version() {}

  static String text() {
    String number =
        Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return "Ostraka " + number + " on Java " + Runtime.version();
  }
}

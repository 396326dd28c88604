package org.ostraka.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What this program calls itself. Immutable. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  static String text() {
    String number =
        Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return "Ostraka " + number + " on Java " + Runtime.version();
  }
}

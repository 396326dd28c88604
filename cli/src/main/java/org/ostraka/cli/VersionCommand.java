package org.ostraka.cli;

import java.util.List;
import org.ostraka.options.Command;

/** {@code ostraka version}: shows the version. */
final class VersionCommand {
  static final Command COMMAND =
      new Command(
          "ostraka version",
          "Shows the version.",
          List.of(),
          (_, out, _) -> {
            out.println(Version.text());
            return 0;
          });

  private VersionCommand() {}
}

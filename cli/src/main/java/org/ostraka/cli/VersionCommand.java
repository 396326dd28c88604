package org.ostraka.cli;

import java.util.List;
import org.ostraka.options.Command;

/** {@code ostraka version}: says which Ostraka this is. */
final class VersionCommand {
  static final Command COMMAND =
      new Command(
          "ostraka version",
          "Says which Ostraka this is.",
          List.of(),
          (_, out, _) -> {
            out.println(Version.text());
            return 0;
          });

  private VersionCommand() {}
}

package org.ostraka.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ostraka version}: says which Ostraka this is. */
@Command(name = "version", description = "Says which Ostraka this is.")
final class VersionCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println(Version.text());
  }
}

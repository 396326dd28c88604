package org.ostraka.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a run of the command line came to. */
record Outcome(int status, String out, String err) {
  /** Runs the command line. */
  static Outcome of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Outcome(status, out.toString(), err.toString());
  }
}

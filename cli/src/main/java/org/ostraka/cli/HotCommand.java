package org.ostraka.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;

/** {@code ostraka hot}: shows the keys that are accessed and throttled most. */
final class HotCommand {
  private static final int FAILED = 1;

  private static final Option<String> ADMIN =
      Option.withDefault(
          "--admin-url",
          Kind.text("URL"),
          "http://127.0.0.1:9464",
          "The admin listener of the server, which --admin-port of ostraka serve opens.");

  static final Command COMMAND =
      new Command(
          "ostraka hot",
          List.of(
              "Shows which keys of a table and its global indexes were accessed and throttled most"
                  + " in the last minutes, where UpdateContributorInsights has enabled that."),
          List.of(new Parameter("TABLE", true, "The table, by its name.")),
          List.of(ADMIN),
          HotCommand::run);

  private HotCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    AdminListener admin = new AdminListener(ServeCommand.endpoint("--admin-url", given.get(ADMIN)));
    Optional<String> report =
        admin.read(
            "/hot?table="
                + URLEncoder.encode(given.parameter().orElseThrow(), StandardCharsets.UTF_8),
            err);
    report.ifPresent(out::print);
    out.flush();
    return report.isPresent() ? 0 : FAILED;
  }
}

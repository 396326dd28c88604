package org.ostraka.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;

/** {@code ostraka hot}: shows the keys that are accessed and throttled most. */
final class HotCommand {
  private static final int FAILED = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
    URI admin = ServeCommand.endpoint("--admin-url", given.get(ADMIN));
    URI report =
        admin.resolve(
            "/hot?table="
                + URLEncoder.encode(given.parameter().orElseThrow(), StandardCharsets.UTF_8));
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(report).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        out.print(answer.body());
        out.flush();
        return 0;
      }
      err.println("ostraka: " + admin + " answered with status " + answer.statusCode());
    } catch (IOException unreachable) {
      err.println("ostraka: " + admin + " cannot be reached: " + unreachable.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return FAILED;
  }
}

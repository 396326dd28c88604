package org.ostraka.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;

/** Makes commands that ask a running server. Stateless. */
final class ServerCommand {
  private static final int FAILED = 1;

  private ServerCommand() {}

  /** What a command asks of a server. */
  @FunctionalInterface
  interface Work {
    /** Throws {@link CallException} when the server refuses or cannot be reached. */
    void run(Arguments given, ApiClient api, PrintWriter out, StatusWait wait);
  }

  static Command of(
      String name, String description, List<Parameter> parameters, List<Option<?>> own, Work work) {
    List<Option<?>> options = new ArrayList<>(own);
    options.addAll(ServerOptions.ALL);
    return new Command(
        name,
        List.of(
            description,
            "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION name the credentials and the"
                + " region."),
        parameters,
        options,
        (given, out, err) -> run(given, out, err, work));
  }

  private static int run(Arguments given, PrintWriter out, PrintWriter err, Work work) {
    try (ApiClient api =
        new ApiClient(
            ServerOptions.endpoint(given),
            ServerOptions.signer(System.getenv()),
            ServerOptions.tls(System.getenv(), InstantSource.system()),
            InstantSource.system())) {
      work.run(given, api, out, StatusWait.onTerminal(err));
      return 0;
    } catch (CallException failed) {
      err.println("ostraka: " + failed.getMessage());
      return FAILED;
    }
  }
}

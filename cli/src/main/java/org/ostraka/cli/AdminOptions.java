package org.ostraka.cli;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.OstrakaServer;
import org.ostraka.server.config.AdminAddress;
import org.ostraka.server.config.ServerSettings;

/** Where metrics and the server's health are told. Stateless. */
final class AdminOptions {
  private static final int MAX_PORT = 65_535;

  private static final Option<Optional<Integer>> PORT =
      Option.optional(
          "--admin-port",
          Kind.whole("PORT", 0, MAX_PORT),
          "The port of the admin listener, 0 for a free one: /metrics for Prometheus, /hot, /live,"
              + " /ready and /startup (default: no admin listener).");

  private static final Option<String> HOST =
      Option.withDefault(
          "--admin-host",
          Kind.text("ADDRESS"),
          "127.0.0.1",
          "The address of the admin listener, which is neither encrypted nor signed: one that other"
              + " machines can reach needs --admin-insecure.");

  private static final Option<Boolean> INSECURE =
      Option.flag(
          "--admin-insecure",
          "Let the admin listener have an address that other machines can reach: whoever reaches it"
              + " reads the names of tables, and the keys that are used most.");

  static final List<Option<?>> ALL = List.of(PORT, HOST, INSECURE);

  private AdminOptions() {}

  static Optional<AdminAddress> read(Arguments given) {
    return given.get(PORT).map(port -> new AdminAddress(host(given), port));
  }

  private static InetAddress host(Arguments given) {
    String host = given.get(HOST);
    try {
      InetAddress address = InetAddress.getByName(host);
      if (host.isEmpty() || !(address.isLoopbackAddress() || given.get(INSECURE))) {
        throw new BadArgumentsException(
            "--admin-host must be a loopback address: the admin listener is neither encrypted nor"
                + " signed; --admin-insecure does without");
      }
      return address;
    } catch (UnknownHostException _) {
      throw new BadArgumentsException("--admin-host is not an address of this machine: " + host);
    }
  }

  static void announce(ServerSettings settings, OstrakaServer server, PrintWriter out) {
    settings
        .admin()
        .ifPresent(address ->
            server
                .adminPort()
                .ifPresent(port ->
                    out.println(
                        "Metrics and health on http://"
                            + address.host().getHostAddress()
                            + ":"
                            + port)));
  }
}

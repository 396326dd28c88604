package org.ostraka.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.engine.region.PeerException;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.server.region.HttpPeer;

/** {@code ostraka regions}: shows how far replication to other regions has come. */
final class RegionsCommand {
  static final Command COMMAND =
      new Command(
          "ostraka regions",
          "Shows the replication of each table to other regions: lag, changes that wait, latency,"
              + " changes that found a later one, last contact; and the ids of the known"
              + " deployments. The access key in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY has to"
              + " be one of a peer principal. AWS_CA_BUNDLE names the authorities in PEM that sign"
              + " the server's certificate, if Java does not trust it.",
          ServerOptions.ALL,
          RegionsCommand::run);

  private static final int FAILED = 1;

  private RegionsCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    HttpPeer peer =
        new HttpPeer(
            ServerOptions.endpoint(given),
            Optional.of(ServerOptions.signer(System.getenv())),
            ServerOptions.tls(System.getenv(), InstantSource.system()),
            InstantSource.system());
    try {
      out.print(peer.report());
      out.flush();
      return 0;
    } catch (PeerException refused) {
      err.println("ostraka: " + refused.getMessage());
      return FAILED;
    } finally {
      peer.close();
    }
  }
}

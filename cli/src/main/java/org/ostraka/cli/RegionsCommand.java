package org.ostraka.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.region.PeerException;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.identity.signature.Secret;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.region.HttpPeer;

/** {@code ostraka regions}: shows how far replication to other regions has come. */
final class RegionsCommand {
  private static final Option<String> ENDPOINT =
      Option.withDefault(
          "--endpoint-url", Kind.text("URL"), "http://127.0.0.1:8000", "The server to ask.");

  static final Command COMMAND =
      new Command(
          "ostraka regions",
          "Shows the replication of each table to other regions: lag, changes that wait, latency,"
              + " changes that found a later one, last contact. The access key in"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY has to be one of a peer principal.",
          List.of(ENDPOINT),
          RegionsCommand::run);

  private static final int FAILED = 1;

  private RegionsCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    URI endpoint = ServeCommand.endpoint("--endpoint-url", given.get(ENDPOINT));
    Map<String, String> environment = System.getenv();
    RequestSigner signer =
        new RequestSigner(
            environment.getOrDefault("AWS_ACCESS_KEY_ID", "local"),
            new Secret(environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "local")),
            Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).map(Secret::new),
            environment.getOrDefault("AWS_REGION", "us-east-1"),
            "dynamodb");
    HttpPeer peer = new HttpPeer(endpoint, signer, InstantSource.system());
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

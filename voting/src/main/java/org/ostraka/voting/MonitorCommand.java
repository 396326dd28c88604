package org.ostraka.voting;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.GrowthAudit;
import org.ostraka.voting.wire.RetryAfterHeader;
import org.ostraka.voting.wire.RootJson;

/**
 * {@code voting monitor}: has a server prove that the audit logs have only grown since the last
 * time, and keeps the roots for the next time (a monitor in the words of RFC 6962, section 5.3).
 */
final class MonitorCommand {
  private static final Option<String> SERVER =
      Option.required("--url", Kind.text("URL"), "A server of the voting system.");
  private static final Option<Path> ROOTS =
      Option.required(
          "--roots",
          Kind.path("FILE"),
          "The publications of the last time; replaced by the last ones when all is proved, and"
              + " made if missing.");

  static final Command COMMAND =
      new Command(
          "voting monitor",
          "Has a server prove that the audit logs have only grown since the last time.",
          List.of(SERVER, Connections.ELECTION, AuditCommand.KEY, ROOTS),
          MonitorCommand::run);

  private static final int FAILED = 1;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int MAX_ATTEMPTS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private MonitorCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    URI server = Connections.server(given.get(SERVER));
    String election = given.get(Connections.ELECTION);
    if (!Election.isId(election)) {
      throw new BadArgumentsException("no election has the id " + election);
    }
    return AuditCommand.attempt(
        err,
        () -> {
          try (HttpClient http = HttpClient.newHttpClient()) {
            GrowthAudit audit =
                new GrowthAudit(
                    path -> get(http, server, path),
                    election,
                    ReceiptKeyFile.publicKey(given.get(AuditCommand.KEY)));
            return monitor(audit, given.get(ROOTS), out);
          }
        });
  }

  private static int monitor(GrowthAudit audit, Path file, PrintWriter out)
      throws IOException, InterruptedException {
    GrowthAudit.Reply reply = audit.server().get("/elections/" + audit.election() + "/roots");
    if (reply.status() != OK) {
      throw new IOException("the server answers " + reply.status() + " instead of roots");
    }
    List<RootJson> last = publications("the server's answer", reply.body());
    List<RootJson> kept =
        Files.exists(file)
            ? publications(file.toString(), Files.readAllBytes(file))
            : List.<RootJson>of();
    List<Finding> findings = audit.compare(kept, last);
    findings.forEach(finding -> out.println(finding.text()));
    if (!findings.isEmpty()) {
      out.println("Not proved; " + file + " stays as it was.");
      return FAILED;
    }
    keep(file, reply.body());
    last.forEach(root -> out.println("Publication " + root.number() + " of " + root.region()));
    out.println("The logs have only grown.");
    return 0;
  }

  private static List<RootJson> publications(String name, byte[] text) throws IOException {
    return RootJson.read(text)
        .orElseThrow(() -> new IOException(name + " has no publications of roots"));
  }

  /** Replaces the file in one step: a half-written one would forget what was seen. */
  private static void keep(Path file, byte[] roots) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Path _ = Files.write(draft, roots);
    Path _ =
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Asks a server, and asks again while it is busy. */
  private static GrowthAudit.Reply get(HttpClient http, URI server, String path)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).build();
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != UNAVAILABLE) {
        return new GrowthAudit.Reply(answer.statusCode(), answer.body());
      }
      Duration asked =
          RetryAfterHeader.read(answer.headers(), InstantSource.system().instant())
              .orElse(Duration.ofSeconds(1));
      Connections.pause(Collections.min(List.of(asked, PATIENCE)));
    }
    throw new IOException("the server is busy: " + request.uri());
  }
}

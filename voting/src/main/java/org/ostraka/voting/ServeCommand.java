package org.ostraka.voting;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.http.VotingServer;
import org.ostraka.voting.http.VotingServices;

/** {@code voting serve}: serves the HTTP interface. */
final class ServeCommand {
  private static final Option<Integer> PORT =
      Option.withDefault(
          "--port", Kind.whole("PORT", 0, 65_535), "8080", "The port; 0 takes any that is free.");
  private static final Option<Integer> COPIES =
      Option.withDefault(
          "--copies",
          Kind.whole("REGIONS", 1, 2),
          "2",
          "In how many regions a vote is durable before its receipt is given.");
  static final Option<Integer> TOGETHER =
      Option.withDefault(
          "--together",
          Kind.whole("VOTES", 1, 50),
          "50",
          "How many votes that wait at the same time are written in one transaction at most.");
  private static final Option<Integer> MIX =
      Option.withDefault(
          "--mix",
          Kind.whole("VOTES", 1, 24),
          "8",
          "How many votes of a secret election are written together at least; with 1 nothing is"
              + " secret.");
  private static final Option<Path> KEYS =
      Option.required(
          "--jwks",
          Kind.path("FILE"),
          "The keys that sign voters' tokens; read again when the file changes.");
  static final Option<String> ISSUER =
      Option.required("--issuer", Kind.text("URL"), "Who issues voters' tokens.");
  static final Option<String> AUDIENCE =
      Option.required("--audience", Kind.text("TEXT"), "Whom voters' tokens are for.");
  private static final Option<Path> RECEIPT_KEY =
      Option.required(
          "--receipt-key",
          Kind.path("FILE"),
          "The key that signs receipts, the same for all servers of an election; made if"
              + " missing.");

  private static final Option<List<String>> OPERATORS =
      Option.repeatable(
          "--operator",
          Kind.text("SUBJECT"),
          "The subject of a token that may open and close elections.");

  static final Command COMMAND =
      new Command(
          "voting serve",
          "Serves the HTTP interface and the pages on the loopback address.",
          List.of(
              Connections.REGIONS,
              Connections.TABLE,
              PORT,
              COPIES,
              TOGETHER,
              MIX,
              KEYS,
              ISSUER,
              AUDIENCE,
              RECEIPT_KEY,
              OPERATORS),
          ServeCommand::run);

  private static final int FAILED = 1;

  private ServeCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    VoteTable table = Connections.table(given);
    int copies = given.get(COPIES);
    if (copies > table.regions().size()) {
      throw new BadArgumentsException("--copies 2 needs a second --region");
    }
    try (VotingServer server = server(given, table, copies)) {
      out.println("Signatures by " + NativeSignatures.signer());
      out.println("Listening on http://127.0.0.1:" + server.port());
      new CountDownLatch(1).await();
      return 0;
    } catch (NoSuchFileException missing) {
      err.println("voting: no such file: " + missing.getMessage());
      return FAILED;
    } catch (IOException | IllegalArgumentException failed) {
      err.println("voting: " + failed.getMessage());
      return FAILED;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static VotingServer server(Arguments given, VoteTable table, int copies)
      throws IOException {
    InstantSource clock = InstantSource.system();
    IssuerKeysFile keys =
        new IssuerKeysFile(given.get(KEYS), given.get(ISSUER), given.get(AUDIENCE), clock);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    VotingServer server =
        new VotingServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), given.get(PORT)),
            threads,
            new VotingServices(
                new Elections(table),
                new Casting(table, copies, given.get(TOGETHER), clock, Connections::pause),
                new SecretCasting(table, copies, given.get(MIX), clock, Connections::pause),
                keys.tokens(),
                ReceiptKeyFile.open(given.get(RECEIPT_KEY)),
                new Tallies(table.counts()),
                new AuditLogs(table.counts(), table.regions().getFirst()),
                new StateChanges(new Elections(table), clock),
                Set.copyOf(given.get(OPERATORS)),
                Optional.empty(),
                clock,
                Connections::pause));
    threads.execute(() -> keys.run(Connections::pause));
    return server;
  }
}

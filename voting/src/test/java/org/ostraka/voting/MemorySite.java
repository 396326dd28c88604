package org.ostraka.voting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogEnd;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Publisher;
import org.ostraka.voting.audit.Segment;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.http.VotingServer;
import org.ostraka.voting.http.VotingServices;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.token.IssuerKey;
import org.ostraka.voting.token.VoterTokens;

/** A voting server whose tables are in memory, with a client. */
final class MemorySite implements AutoCloseable {
  static final String OPERATOR = "operator";

  private static final String ISSUER = "https://issuer";
  private static final String AUDIENCE = "vote";

  final TwoMemories regions;
  final ReceiptKey key;
  final IssuerKey issuer;
  private final InstantSource clock;
  private final InstantSource tokenClock;
  private final Path directory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final VotingServer server;

  MemorySite(TwoMemories regions, Path directory, InstantSource clock) throws IOException {
    this(regions, regions.table(), directory, clock);
  }

  /** Makes a site whose server has another table. */
  MemorySite(TwoMemories regions, VoteTable table, Path directory, InstantSource clock)
      throws IOException {
    this.regions = regions;
    this.clock = clock;
    this.directory = directory;
    this.key = ReceiptKeyFile.open(directory.resolve("receipt-key"));
    // Tokens do not end while a test lets time pass, and do not read its clock.
    this.tokenClock = InstantSource.fixed(clock.instant());
    this.issuer = IssuerKey.make(ISSUER, AUDIENCE, tokenClock);
    this.server = server(table);
  }

  private VotingServer server(VoteTable table) throws IOException {
    Elections elections = new Elections(table);
    return new VotingServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        threads,
        new VotingServices(
            elections,
            new Casting(table, 1, clock, Connections::pause),
            new SecretCasting(table, 1, 1, clock, Connections::pause),
            new VoterTokens(issuer.publicSet(), ISSUER, AUDIENCE, tokenClock),
            key,
            new Tallies(table.counts()),
            logs(TwoMemories.HERE),
            new StateChanges(elections, clock),
            Set.of(OPERATOR),
            Optional.empty(),
            clock,
            Connections::pause));
  }

  AuditLogs logs(String region) {
    return new AuditLogs(regions.table().counts(), region);
  }

  /** Appends an entry to a log of the first region, as a counter does. */
  void append(Election election, int shard, Entry entry) {
    LogId log = new LogId(election.id(), shard, TwoMemories.HERE);
    LogEnd end = logs(TwoMemories.HERE).end(log);
    regions.here.write(
        "voting-count", Segment.after(log, end.head(), List.of(entry)).row(end.unreadable()));
  }

  /** Publishes the roots of the first region. */
  void publish(Election election) {
    new Publisher(
            new Elections(regions.table()),
            logs(TwoMemories.HERE),
            key,
            Duration.ZERO,
            clock,
            _ -> {})
        .publish(election);
  }

  /** Runs {@code voting load} for some two dozen votes of an election, and returns its output. */
  String load(String election, List<String> options) throws IOException {
    return load(election, Files.createTempFile(directory, "ledger", ""), options);
  }

  /** Does so with a file for the ledger. */
  String load(String election, Path ledger, List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("load", "--url", address().toString()));
    arguments.addAll(List.of("--election", election, "--peak", "20", "--ramp", "1", "--for", "0"));
    arguments.addAll(List.of("--seed", "1"));
    arguments.addAll(List.of("--ledger", ledger.toString()));
    Path secret = Files.writeString(directory.resolve("issuer"), issuer.secret());
    arguments.addAll(List.of("--issuer-key", secret.toString()));
    arguments.addAll(List.of("--issuer", ISSUER, "--audience", AUDIENCE));
    arguments.addAll(options);
    return Voting.runHere(arguments);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(path, "");
  }

  /** Asks for a page with the token of a voter or operator. */
  HttpResponse<String> get(String path, String subject) throws IOException, InterruptedException {
    return send(path, issuer.token(subject));
  }

  /** Sends a body with the token of a voter. */
  HttpResponse<String> post(String path, String subject, String body)
      throws IOException, InterruptedException {
    return send(path, issuer.token(subject), body);
  }

  /** Sends a body with a token, which may be any text, or without one if it is empty. */
  HttpResponse<String> send(String path, String token, String body)
      throws IOException, InterruptedException {
    return answer(request(path, token).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(String path, String token)
      throws IOException, InterruptedException {
    return answer(request(path, token));
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
    http.close();
    threads.close();
  }
}

package org.ostraka.voting.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.RecentElections;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.SignedReceipt;
import org.ostraka.voting.token.VerifiedToken;
import org.ostraka.voting.wire.ElectionJson;
import org.ostraka.voting.wire.ReceiptJson;
import org.ostraka.voting.wire.VoteJson;
import org.ostraka.voting.wire.VotingJson;
import software.amazon.awssdk.core.exception.SdkException;

/** Serves the HTTP interface of the voting system until it is closed. Any thread. */
public final class VotingServer implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 4 * 1024;
  // No more than there are connections to a region, less a few for other requests. What exceeds it
  // is refused at once: if it waited, clients would give up and send it again, and the server would
  // work for nobody.
  private static final int MAX_VOTES_AT_ONCE = 200;
  // A voter sends a vote again while an earlier attempt has no answer; more at once are no use.
  private static final int MAX_VOTES_OF_A_VOTER = 4;
  private static final int BACKLOG = 1024;
  // What the database decides. All else is refused without it.
  private static final Set<Integer> DECIDED =
      Set.of(Answer.OK, Answer.CREATED, Answer.CONFLICT, Answer.UNFIT);
  private static final System.Logger LOG = System.getLogger(VotingServer.class.getName());
  private static final String BEARER = "Bearer ";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.@-]{1,64}");
  private static final Pattern PATH =
      Pattern.compile(
          "/elections/([^/]{1,64})(/votes|/results|/results/stream|/roots|/proofs|/consistency)?");

  private final HttpServer server;
  private final VotingServices services;
  private final ResultsFeed results;
  private final RecentElections recent;
  private final Traffic traffic;
  private final RetryAfter retryAfter;
  private final Map<String, Integer> voting = new ConcurrentHashMap<>();
  private final Semaphore votes = new Semaphore(MAX_VOTES_AT_ONCE);
  private final Recent<List<String>> ids;
  private final AuditRoutes audit;
  private final OperatorRoutes operator;
  private final Pages pages = new Pages();

  /** Listens at once; every request runs on a thread of the executor. */
  public VotingServer(InetSocketAddress address, Executor threads, VotingServices services)
      throws IOException {
    this.services = services;
    this.recent = new RecentElections(services.elections(), services.clock());
    this.results =
        new ResultsFeed(
            recent,
            services.tallies(),
            ResultsFeed.MAX_WATCHERS,
            services.clock(),
            services.pause());
    this.ids = new Recent<>(services.clock());
    this.audit =
        new AuditRoutes(
            services.logs(), services.casting(), services.key().publicKey(), services.clock());
    this.traffic = new Traffic(services.clock());
    this.retryAfter = new RetryAfter(services.clock(), new SplittableRandom());
    this.operator = new OperatorRoutes(services, traffic);
    this.server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    var _ = server.createContext("/", this::serve);
    server.start();
  }

  /** Returns the port on which it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(1);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!pages.serve(exchange) && !watches(exchange)) {
        send(exchange, answered(exchange));
      }
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (answer.status() == Answer.UNAVAILABLE) {
      exchange.getResponseHeaders().set("Retry-After", Integer.toString(retryAfter.seconds()));
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  /** Sends results as they come, if that is what is asked for. */
  private boolean watches(HttpExchange exchange) throws IOException {
    Matcher matcher = PATH.matcher(exchange.getRequestURI().getPath());
    if (!matcher.matches()
        || !"/results/stream".equals(matcher.group(2))
        || !exchange.getRequestMethod().equals("GET")) {
      return false;
    }
    Optional<Election> election;
    try {
      election = find(matcher.group(1));
    } catch (SdkException away) {
      return false;
    }
    return election.isPresent() && results.watch(exchange, election.get());
  }

  private Answer answered(HttpExchange exchange) throws IOException {
    try {
      return route(exchange);
    } catch (SdkException away) {
      return Answer.error(Answer.UNAVAILABLE, "the database did not answer as it should");
    } catch (RuntimeException broken) {
      LOG.log(System.Logger.Level.ERROR, "a request failed unexpectedly", broken);
      return Answer.error(
          Answer.FAILED,
          "this should not happen; a vote may be stored: send it again, it counts once");
    }
  }

  private Answer route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (path.equals("/receipt-key") && method.equals("GET")) {
      byte[] encoded = services.key().publicKey().getEncoded();
      return new Answer(
          Answer.OK, VotingJson.text("ed25519", Base64.getEncoder().encodeToString(encoded)));
    }
    if (path.equals("/elections") && method.equals("GET")) {
      return new Answer(Answer.OK, VotingJson.ids(ids()));
    }
    if (path.startsWith("/operator/")) {
      return operator.answer(path, method, bearer(exchange).flatMap(services.tokens()::voter));
    }
    if (path.equals("/demo/token") && method.equals("POST")) {
      return signIn(exchange);
    }
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches() || !Election.isId(matcher.group(1))) {
      return Answer.error(Answer.NOT_FOUND, "no such page");
    }
    String id = matcher.group(1);
    String part = Optional.ofNullable(matcher.group(2)).orElse("");
    if (!method.equals(part.equals("/votes") || part.equals("/proofs") ? "POST" : "GET")) {
      return Answer.error(Answer.NOT_ALLOWED, "another method is needed");
    }
    return switch (part) {
      case "/votes" -> counted(exchange, id);
      case "/results" -> show(id, election -> new Answer(Answer.OK, results.json(election)));
      case "/roots" -> show(id, audit::roots);
      case "/proofs" -> prove(exchange, id);
      case "/consistency" -> show(id, election -> audit.consistency(election, query(exchange)));
      case "/results/stream" ->
          Answer.error(Answer.UNAVAILABLE, "no such election, or too many watch the results");
      default -> show(id, this::election);
    };
  }

  private Answer election(Election election) {
    return new Answer(Answer.OK, ElectionJson.text(election, services.clock().instant()));
  }

  private Answer show(String id, Function<Election, Answer> answer) {
    return find(id).map(answer).orElseGet(VotingServer::noElection);
  }

  /** Returns an election as it was at most a second ago; an id that is not listed costs nothing. */
  private Optional<Election> find(String id) {
    return ids().contains(id) ? recent.find(id) : Optional.empty();
  }

  private List<String> ids() {
    return ids.get("", services.elections()::ids);
  }

  private static String query(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
  }

  private Answer prove(HttpExchange exchange, String id) throws IOException {
    Optional<SignedReceipt> signed =
        ReceiptJson.read(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES));
    if (signed.isEmpty()) {
      return Answer.error(Answer.BAD_REQUEST, "the body must be a receipt");
    }
    Receipt receipt = signed.get().receipt();
    if (!receipt.election().equals(id) || !signed.get().isSigned(services.key().publicKey())) {
      return Answer.error(Answer.BAD_REQUEST, "this receipt was not given here");
    }
    return show(id, election -> audit.prove(election, receipt));
  }

  /** Returns the token of a request, which may not be valid; empty when there is none. */
  private static Optional<String> bearer(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
        .filter(header -> header.startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()));
  }

  /** Gives a token to whoever names himself, in a demo. */
  private Answer signIn(HttpExchange exchange) throws IOException {
    Optional<String> name =
        VotingJson.only("name", exchange.getRequestBody().readNBytes(MAX_BODY_BYTES));
    return services
        .demo()
        .flatMap(tokens -> name.filter(NAME.asMatchPredicate()).map(tokens::of))
        .map(token -> new Answer(Answer.OK, VotingJson.text("token", token)))
        .orElseGet(
            () -> Answer.error(Answer.NOT_FOUND, "a name of letters, digits, dots, hyphens"));
  }

  /** Answers a vote. What is no vote of a voter takes no place and costs the database nothing. */
  private Answer counted(HttpExchange exchange, String id) throws IOException {
    Optional<VerifiedToken> token = bearer(exchange).flatMap(services.tokens()::verify);
    if (token.isEmpty()) {
      return refused(Answer.UNAUTHORIZED, "a valid token is needed");
    }
    // Whoever sends slowly must not keep others from voting.
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return refused(Answer.TOO_LARGE, "a vote has at most " + MAX_BODY_BYTES + " bytes");
    }
    Optional<VoteJson> vote = VoteJson.read(body);
    if (vote.isEmpty()) {
      return refused(Answer.BAD_REQUEST, "the body must be {\"candidate\": \"...\"}");
    }
    String voter = token.get().subject();
    int atOnce = voting.merge(voter, 1, Integer::sum);
    try {
      return atOnce > MAX_VOTES_OF_A_VOTER
          ? refused(
              Answer.UNAVAILABLE, "this voter has sent too many votes at once: wait for an answer")
          : placed(id, token.get(), vote.get());
    } finally {
      var _ = voting.computeIfPresent(voter, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Refuses what says nothing about the load: others need not wait for it. */
  private Answer refused(int status, String message) {
    traffic.count(status, Duration.ZERO);
    return Answer.error(status, message);
  }

  private Answer placed(String id, VerifiedToken token, VoteJson vote) {
    if (!votes.tryAcquire()) {
      retryAfter.turnedAway();
      return refused(Answer.UNAVAILABLE, "too many vote at once: send the vote again");
    }
    Instant from = services.clock().instant();
    int status = Answer.FAILED;
    try {
      Answer answer =
          recent
              .find(id)
              .map(election -> admit(election, token, vote))
              .orElseGet(VotingServer::noElection);
      status = answer.status();
      return answer;
    } finally {
      votes.release();
      count(status, Duration.between(from, services.clock().instant()));
    }
  }

  private void count(int status, Duration time) {
    traffic.count(status, time);
    // Both kinds of failure ask for the vote again.
    if (status >= Answer.FAILED) {
      retryAfter.turnedAway();
    } else if (DECIDED.contains(status)) {
      retryAfter.answered();
    }
  }

  /** Casts the vote of a voter who may vote; nothing is read or written for another one. */
  private Answer admit(Election election, VerifiedToken token, VoteJson vote) {
    return election
        .voters()
        .missing(token::values)
        .map(claim ->
            Answer.error(
                Answer.FORBIDDEN,
                "this election is for other voters: the token has no " + claim + " that may vote"))
        .orElseGet(() -> cast(election, token.subject(), vote));
  }

  private Answer cast(Election election, String voter, VoteJson vote) {
    if (!election.isSecret()) {
      return vote.ballot().isEmpty()
          ? answer(
              services.casting().cast(election, voter, vote.candidate()),
              "this voter has voted for another candidate")
          : Answer.error(Answer.BAD_REQUEST, "the ballots of this election have no numbers");
    }
    return vote.ballot()
        .filter(Ballot::isNumber)
        .map(number ->
            answer(
                services.secret().cast(election, voter, vote.candidate(), number),
                "this voter has voted with another number or for another candidate"))
        .orElseGet(() ->
            Answer.error(
                Answer.BAD_REQUEST,
                "this election is secret: ballot must be 32 random digits from 0 to f"));
  }

  private Answer answer(Outcome outcome, String conflict) {
    return switch (outcome) {
      case Outcome.Stored stored ->
          new Answer(
              stored.isNew() ? Answer.CREATED : Answer.OK,
              VotingJson.receipt(stored.receipt(), services.key().sign(stored.receipt())));
      case Outcome.VotedOtherwise _ -> Answer.error(Answer.CONFLICT, conflict);
      case Outcome.NumberTaken _ ->
          Answer.error(Answer.UNFIT, "another ballot has this number: choose another one");
      case Outcome.NotOpen _ -> Answer.error(Answer.FORBIDDEN, "the election is not open");
      case Outcome.NoSuchCandidate _ -> Answer.error(Answer.BAD_REQUEST, "no such candidate");
      case Outcome.NotHere elsewhere ->
          Answer.error(
              Answer.UNAVAILABLE,
              "this server has no endpoint for the region " + elsewhere.region());
      case Outcome.Unknown unknown ->
          Answer.error(
              Answer.UNAVAILABLE,
              unknown.reason() + "; the vote may be stored: send it again, it counts once");
    };
  }

  private static Answer noElection() {
    return Answer.error(Answer.NOT_FOUND, "no such election");
  }
}

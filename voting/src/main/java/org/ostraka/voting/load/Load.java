package org.ostraka.voting.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.wire.ReceiptJson;
import org.ostraka.voting.wire.RetryAfterHeader;
import org.ostraka.voting.wire.VoteJson;

/**
 * Sends votes as they arrive, whether or not earlier ones are answered (an open loop). One thread
 * starts the votes; each has a thread of its own.
 *
 * <p>A client repeats a vote that has no clear answer, with growing pauses, at another server each
 * time. One voter in fifty sends the same vote twice at once, and one in fifty sends votes for two
 * candidates at once. A thousand requests are under way at most, on connections that are used
 * again; the time that a vote waits for a connection is part of the time to its receipt.
 */
public final class Load implements AutoCloseable {
  private static final int MAX_REQUESTS = 1_000;
  private static final int MAX_ATTEMPTS = 60;
  private static final int MAX_SHOWN = 200;
  private static final int ONE_IN = 50;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int SERVER_ERRORS = 500;
  // The voter has voted otherwise.
  private static final int CONFLICT = 409;
  // Another ballot has the number.
  private static final int UNFIT = 422;

  private final Target target;
  private final Tokens tokens;
  private final Ledger ledger;
  private final ExecutorService threads;
  private final InstantSource clock;
  private final Pause pause;
  private final HttpClient http;
  private final Score score = new Score();
  private final int maxInFlight;
  private final Semaphore inFlight;
  private final Semaphore requests = new Semaphore(MAX_REQUESTS);
  private final AtomicBoolean ledgerFailed = new AtomicBoolean();

  /**
   * Where votes go. Immutable.
   *
   * @param servers the servers of the voting system
   * @param elections the elections, the most popular first, with the most popular candidates first
   * @param skew of elections, servers and candidates
   * @param skewOfRegions of the voters' homes in the regions of an election
   */
  public record Target(
      List<URI> servers, List<Election> elections, double skew, double skewOfRegions) {
    public Target {
      servers = List.copyOf(servers);
      elections = List.copyOf(elections);
      if (servers.isEmpty() || elections.isEmpty()) {
        throw new IllegalArgumentException("a load has servers and elections");
      }
    }
  }

  private record Vote(
      String election, String voter, String candidate, Optional<String> ballot, int server) {
    private Vote forAnother(String candidate) {
      return new Vote(election, voter, candidate, ballot, server);
    }
  }

  /**
   * Makes a load.
   *
   * @param maxInFlight the most votes that wait for their receipts at once; more are not sent, and
   *     are counted
   */
  public Load(
      Target target,
      int maxInFlight,
      Tokens tokens,
      Ledger ledger,
      ExecutorService threads,
      InstantSource clock,
      Pause pause) {
    this.target = target;
    this.maxInFlight = maxInFlight;
    this.inFlight = new Semaphore(maxInFlight);
    this.tokens = tokens;
    this.ledger = ledger;
    this.threads = threads;
    this.clock = clock;
    this.pause = pause;
    this.http =
        HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
  }

  /**
   * Sends all votes of a profile and waits for their ends. Called once.
   *
   * @param prefix of the names of the voters, which nobody has used before
   * @throws InterruptedException if the thread is interrupted: no further vote is started then
   */
  public Score run(Profile profile, String prefix, RandomGenerator random)
      throws InterruptedException {
    Arrivals arrivals = new Arrivals(profile, random);
    Skew elections = new Skew(target.elections().size(), target.skew());
    Skew servers = new Skew(target.servers().size(), target.skew());
    List<Electorate> voters =
        target.elections().stream()
            .map(election -> new Electorate(election, target.skewOfRegions()))
            .toList();
    Instant start = clock.instant();
    long number = 0;
    for (OptionalDouble next = arrivals.next(); next.isPresent(); next = arrivals.next()) {
      Instant arrival = start.plusNanos((long) (next.getAsDouble() * 1e9));
      Duration early = Duration.between(clock.instant(), arrival);
      if (early.isPositive()) {
        pause.pause(early);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int chosen = elections.choose(random);
      Election election = target.elections().get(chosen);
      List<String> candidates = election.candidates();
      int candidate = new Skew(candidates.size(), target.skew()).choose(random);
      Vote vote =
          new Vote(
              election.id(),
              voters.get(chosen).voter(prefix + number, random),
              candidates.get(candidate),
              number(election, random),
              servers.choose(random));
      start(vote, arrival);
      if (number % ONE_IN == 1) {
        start(vote, arrival);
      } else if (number % ONE_IN == 2 && candidates.size() > 1) {
        start(vote.forAnother(candidates.get((candidate + 1) % candidates.size())), arrival);
      }
      number++;
    }
    inFlight.acquire(maxInFlight);
    return score;
  }

  /** Returns a number for a ballot; empty in an election that has none. */
  private static Optional<String> number(Election election, RandomGenerator random) {
    return election.isSecret()
        ? Optional.of("%016x%016x".formatted(random.nextLong(), random.nextLong()))
        : Optional.empty();
  }

  /** Returns whether a line could not be written, so that the ledger is not complete. */
  public boolean ledgerFailed() {
    return ledgerFailed.get();
  }

  public Score score() {
    return score;
  }

  private void start(Vote vote, Instant arrival) {
    if (!inFlight.tryAcquire()) {
      score.leaveOut();
      return;
    }
    threads.execute(() -> {
      boolean hasEnded = false;
      try {
        send(vote, arrival);
        hasEnded = true;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      } finally {
        if (!hasEnded) {
          score.giveUp();
        }
        inFlight.release();
      }
    });
  }

  private void send(Vote vote, Instant arrival) throws InterruptedException {
    String token = tokens.of(vote.voter());
    Duration wait = FIRST_PAUSE;
    Optional<Duration> asked = tryOnce(vote, token, vote.server(), arrival);
    for (int attempt = 1; attempt < MAX_ATTEMPTS && asked.isPresent(); attempt++) {
      score.retry();
      pause.pause(Collections.max(List.of(wait, asked.get())));
      wait = Collections.min(List.of(wait.multipliedBy(2), LONGEST_PAUSE));
      asked = tryOnce(vote, token, vote.server() + attempt, arrival);
    }
    if (asked.isPresent()) {
      score.giveUp();
    }
  }

  /**
   * Returns how long the server asks to wait before the next attempt; empty when none is needed.
   */
  private Optional<Duration> tryOnce(Vote vote, String token, int server, Instant arrival)
      throws InterruptedException {
    URI base = target.servers().get(server % target.servers().size());
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/elections/" + vote.election() + "/votes"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    new VoteJson(vote.candidate(), vote.ballot()).text()))
            .build();
    HttpResponse<String> response;
    requests.acquire();
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException away) {
      return Optional.of(Duration.ZERO);
    } finally {
      requests.release();
    }
    int status = response.statusCode();
    boolean isAcknowledged = status == CREATED || status == OK;
    if (status >= SERVER_ERRORS || (isAcknowledged && !isReceipt(response.body()))) {
      return RetryAfterHeader.read(response.headers(), clock.instant())
          .or(() -> Optional.of(Duration.ZERO));
    }
    if (isAcknowledged) {
      acknowledge(response.body(), arrival);
    } else if (status == CONFLICT || status == UNFIT) {
      score.refuse();
    } else {
      score.reject(status + " " + beginning(response.body()));
    }
    return Optional.empty();
  }

  /** Returns the first line of an answer, which may be a page of a proxy, or the start of it. */
  private static String beginning(String body) {
    String line = body.strip().lines().findFirst().orElse("");
    return line.substring(0, Math.min(line.length(), MAX_SHOWN));
  }

  private static boolean isReceipt(String body) {
    return ReceiptJson.read(body.getBytes(StandardCharsets.UTF_8)).isPresent();
  }

  private void acknowledge(String receipt, Instant arrival) throws InterruptedException {
    try {
      ledger.add(receipt);
      score.acknowledge(Duration.between(arrival, clock.instant()));
    } catch (IOException failed) {
      ledgerFailed.set(true);
    }
  }

  /** Closes the connections, after {@link #run} has ended. */
  @Override
  public void close() {
    http.close();
  }
}

package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A server refuses at once what exceeds its limits, and nobody holds all of its places. */
final class OverloadTest {
  private static final int VOTES = 230;
  private static final int LIMIT = 200;
  private static final String VOTES_PATH = "/elections/e/votes";
  private static final String VOTE = "{\"candidate\":\"a\"}";
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir private Path directory;

  private final TwoMemories regions = new TwoMemories();

  @Test
  @SuppressWarnings("try") // The database goes away in the middle.
  void votesThatExceedTheLimitAreRefusedAtOnce() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        MemorySite site = new MemorySite(regions, table(silent), directory, CLOCK)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int voter = 0; voter < VOTES; voter++) {
        String name = "voter-" + voter;
        answers.add(threads.submit(() -> vote(site, name).statusCode()));
      }
      TwoRegions.await("some are refused", () -> done(answers) >= VOTES - LIMIT);
      // The others end when the database goes away.
      silent.close();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(503);
      }
    }
  }

  @Test
  void twoHundredVotesHaveAPlace() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    regions.declare("e", 2, false);
    holdVotesUntil(goOn);
    InstantSource whileOpen = InstantSource.fixed(TwoMemories.OPENS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        MemorySite site = new MemorySite(regions, directory, whileOpen)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int voter = 0; voter < VOTES; voter++) {
        String name = TwoMemories.voterOf(election(), 0, voter);
        answers.add(threads.submit(() -> vote(site, name).statusCode()));
      }
      try {
        TwoRegions.await("all others are refused", () -> done(answers) == VOTES - LIMIT);
      } finally {
        goOn.countDown();
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      assertThat(statuses).containsOnly(201, 503);
      assertThat(Collections.frequency(statuses, 201)).isEqualTo(LIMIT);
    }
  }

  @Test
  void oneVoterDoesNotHoldAllPlaces() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    regions.declare("e", 2, false);
    holdVotesUntil(goOn);
    InstantSource whileOpen = InstantSource.fixed(TwoMemories.OPENS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        MemorySite site = new MemorySite(regions, directory, whileOpen)) {
      String eager = TwoMemories.voterOf(election(), 0, 0);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int times = 0; times < VOTES; times++) {
        answers.add(threads.submit(() -> vote(site, eager).statusCode()));
      }
      try {
        TwoRegions.await("all but a few are refused", () -> done(answers) == VOTES - 4);
        String other = TwoMemories.voterOf(election(), 1, 0);
        assertThat(vote(site, other).statusCode())
            .as("shard 1 is in the other region")
            .isEqualTo(201);
      } finally {
        goOn.countDown();
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      assertThat(statuses).containsOnlyOnce(201).contains(200, 503);
    }
  }

  @Test
  void whoSendsSlowlyAndWhoReadsProofsDoNotKeepOthersFromVoting() throws Exception {
    regions.declare("e", 2, false);
    InstantSource whileOpen = InstantSource.fixed(TwoMemories.OPENS);
    List<Socket> slow = new ArrayList<>();
    try (MemorySite site = new MemorySite(regions, directory, whileOpen)) {
      String sender = site.issuer.token("sender");
      for (int at = 0; at < VOTES; at++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.address().getPort());
        slow.add(socket);
        String head =
            "POST /elections/e/votes HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n"
                + "Authorization: Bearer "
                + sender
                + "\r\n\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
      String voter = TwoMemories.voterOf(election(), 0, 0);
      assertThat(vote(site, voter).statusCode()).isEqualTo(201);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void whoVotesWhileTheDatabaseIsAwayIsAskedToWaitLongerAndLonger() throws Exception {
    AtomicLong readings = new AtomicLong();
    // Each reading is a little later, so that seconds and deadlines pass.
    InstantSource clock = () -> TwoMemories.OPENS.plusMillis(30 * readings.incrementAndGet());
    regions.declare("e", 2, false);
    regions.here.goAway();
    try (MemorySite site = new MemorySite(regions, directory, clock)) {
      long longest = 0;
      for (int attempt = 0; attempt < 150; attempt++) {
        longest = Math.max(longest, retryAfter(vote(site, "voter")));
      }
      assertThat(longest).as("a random part of 60 seconds").isBetween(10L, 60L);
    }
  }

  @Test
  void requestsThatAreNoVotesOfVotersDoNotShortenTheWait() throws Exception {
    AtomicLong readings = new AtomicLong();
    InstantSource clock = () -> TwoMemories.OPENS.plusMillis(30 * readings.incrementAndGet());
    regions.declare("e", 2, false);
    regions.here.goAway();
    try (MemorySite site = new MemorySite(regions, directory, clock)) {
      long longest = 0;
      for (int attempt = 0; attempt < 150; attempt++) {
        longest = Math.max(longest, retryAfter(vote(site, "voter")));
        for (int bad = 0; bad < 3; bad++) {
          assertThat(site.send(VOTES_PATH, "forged", VOTE).statusCode()).isEqualTo(401);
          assertThat(site.post(VOTES_PATH, "voter", "{}").statusCode()).isEqualTo(400);
          assertThat(site.post(VOTES_PATH, "voter", " ".repeat(5_000)).statusCode()).isEqualTo(413);
        }
      }
      assertThat(longest).as("a random part of 60 seconds").isBetween(10L, 60L);
    }
  }

  @Test
  void votesThatTheDatabaseDoesNotDecideDoNotShortenTheWait() throws Exception {
    AtomicLong readings = new AtomicLong();
    InstantSource clock = () -> TwoMemories.OPENS.plusMillis(30 * readings.incrementAndGet());
    Election election = regions.declare("e", 2, false);
    // Elections can be read, and votes cannot be written.
    regions.here.beforeEach(operation -> {
      if (operation.equals("TransactWriteItems")) {
        throw SdkClientException.create("it takes no writes");
      }
    });
    try (MemorySite site = new MemorySite(regions, directory, clock)) {
      String voter = TwoMemories.voterOf(election, 0, 0);
      long longest = 0;
      for (int attempt = 0; attempt < 150; attempt++) {
        longest = Math.max(longest, retryAfter(vote(site, voter)));
        assertThat(site.post(VOTES_PATH, voter, "{\"candidate\":\"nobody\"}").statusCode())
            .isEqualTo(400);
        assertThat(site.post("/elections/none/votes", voter, VOTE).statusCode()).isEqualTo(404);
      }
      assertThat(longest).as("a random part of 60 seconds").isBetween(10L, 60L);
    }
  }

  @Test
  void oneVoterDoesNotLengthenTheWaitOfOthers() throws Exception {
    AtomicLong readings = new AtomicLong();
    InstantSource clock = () -> TwoMemories.OPENS.plusMillis(30 * readings.incrementAndGet());
    CountDownLatch goOn = new CountDownLatch(1);
    regions.declare("e", 2, false);
    regions.here.beforeEach(_ -> await(goOn));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        MemorySite site = new MemorySite(regions, directory, clock)) {
      String eager = "eager";
      try {
        List<Future<Integer>> first = new ArrayList<>();
        for (int times = 0; times < 5; times++) {
          first.add(threads.submit(() -> vote(site, eager).statusCode()));
        }
        TwoRegions.await("the fifth is refused", () -> done(first) == 1);
        for (int times = 0; times < 150; times++) {
          HttpResponse<String> answer = vote(site, eager);
          assertThat(answer.body()).contains("this voter has sent too many votes at once");
          assertThat(retryAfter(answer)).isEqualTo(1);
        }
      } finally {
        goOn.countDown();
      }
    }
  }

  private static long retryAfter(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    return answer.headers().firstValueAsLong("Retry-After").orElseThrow();
  }

  private void holdVotesUntil(CountDownLatch goOn) {
    regions.here.beforeEach(operation -> {
      if (operation.equals("TransactWriteItems")) {
        await(goOn);
      }
    });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private Election election() {
    return new Elections(regions.table()).find("e").orElseThrow();
  }

  private static long done(List<Future<Integer>> answers) {
    return answers.stream().filter(Future::isDone).count();
  }

  private static HttpResponse<String> vote(MemorySite site, String voter) throws Exception {
    return site.post(VOTES_PATH, voter, VOTE);
  }

  /** Returns a table whose only region accepts connections and never answers. */
  private static VoteTable table(ServerSocket silent) {
    DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .overrideConfiguration(it -> it.apiCallTimeout(Duration.ofSeconds(60)))
            .build();
    return new VoteTable("voting", Map.of("us-east-1", client));
  }
}

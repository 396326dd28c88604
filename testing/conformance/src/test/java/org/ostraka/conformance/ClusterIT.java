package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.testkit.postgres.PostgresServer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Three servers over one database act as one: money is neither made nor lost and a replayed stream
 * is its table, although servers are killed with SIGKILL while clients use all of them, and the
 * primary of the database dies and its synchronous standby takes its place. The servers find the
 * new primary; requests in flight succeed or get a 500.
 *
 * <p>Both happen {@code -Dostraka.cluster.rounds=N} times.
 */
@Timeout(3_600)
final class ClusterIT {
  private static final int ROUNDS = Integer.getInteger("ostraka.cluster.rounds", 1);
  private static final int SERVERS = 3;
  private static final int TELLERS = 3;
  private static final int WRITERS = 2;
  private static final int MAX_ANSWERS_BEFORE = 400;
  private static final int ANSWERS_AFTER_KILL = 100;

  private final Seed seed = Seed.announcedFor(ClusterIT.class);
  private final Random random = seed.random(-1);
  private final BankTable bank = new BankTable();
  private final StreamJournal journal = new StreamJournal();
  private int users;

  /** What happens to the cluster while clients use it. */
  private interface Disturbance {
    void happen(Semaphore answered) throws InterruptedException;
  }

  @Test
  void killsAndFailOversLoseNothing() throws Exception {
    Assumptions.assumeTrue(
        PostgresServer.installed().isPresent(), "skipped: PostgreSQL is not installed");
    try (PostgresServer one = PostgresServer.start(PostgresServer.Durability.SYNCED)) {
      String database = one.newDatabase();
      try (PostgresServer two = one.startStandby();
          Cluster cluster = new Cluster(url(one, two, database), SERVERS)) {
        bank.create(cluster.client(0));
        StreamReader follower = new StreamReader(StreamWriter.createTable(cluster.client(1)));
        for (int round = 0; round < ROUNDS; round++) {
          createHereAndUseThere(cluster, round);
          killOne(cluster);
          failOver(cluster, round % 2 == 0 ? one : two, round % 2 == 0 ? two : one, follower);
        }
        verifyStream(cluster, follower);
        stop(cluster);
      }
    }
  }

  private static String url(PostgresServer one, PostgresServer two, String database) {
    return "postgresql://%s@%s,%s/%s"
        .formatted(PostgresServer.USER, one.address(), two.address(), database);
  }

  /** Kills a server, of which the clients of the others notice nothing, and replaces it. */
  private void killOne(Cluster cluster) throws Exception {
    int victim = random.nextInt(SERVERS);
    List<Optional<Exception>> ends =
        underLoad(
            cluster,
            answered -> {
              cluster.server(victim).kill9();
              await(answered, ANSWERS_AFTER_KILL);
            });
    for (int i = 0; i < ends.size(); i++) {
      int server = i % SERVERS;
      assertThat(server == victim || ends.get(i).isEmpty())
          .as("server %d while %d died: %s", server, victim, ends.get(i))
          .isTrue();
    }
    cluster.replace(victim);
    bank.verify(cluster.client(random.nextInt(SERVERS)));
  }

  /** Lets the primary die and its standby take its place, and makes a new standby of it. */
  private void failOver(
      Cluster cluster, PostgresServer primary, PostgresServer standby, StreamReader follower)
      throws Exception {
    List<Optional<Exception>> ends =
        underLoad(
            cluster,
            _ -> {
              long died = System.nanoTime();
              primary.stopAtOnce();
              standby.promote();
              long promoted = System.nanoTime();
              for (int i = 0; i < SERVERS; i++) {
                DynamoDbClient client = cluster.client(i);
                await(() -> writes(client));
              }
              System.out.printf(
                  "ClusterIT: the standby was promoted after %d ms, all servers wrote after %d ms%n",
                  Duration.ofNanos(promoted - died).toMillis(),
                  Duration.ofNanos(System.nanoTime() - died).toMillis());
            });
    ends.forEach(ClusterIT::assertIsSafeToRepeat);
    primary.follow(standby);
    bank.verify(cluster.client(random.nextInt(SERVERS)));
    try (DynamoDbStreamsClient streams = streams(cluster)) {
      follower.read(streams);
    }
  }

  private boolean writes(DynamoDbClient client) {
    try {
      bank.touch(client);
      return true;
    } catch (SdkException failure) {
      assertIsSafeToRepeat(Optional.of(failure));
      return false;
    }
  }

  private static void assertIsSafeToRepeat(Optional<Exception> failure) {
    failure.ifPresent(end -> {
      assertThat(end).isInstanceOf(DynamoDbException.class);
      assertThat(((DynamoDbException) end).statusCode()).as("%s", end).isGreaterThanOrEqualTo(500);
    });
  }

  private static void stop(Cluster cluster) throws InterruptedException {
    for (int i = 0; i < SERVERS; i++) {
      OstrakaProcess.Ended ended = cluster.server(i).terminate();
      assertThat(ended.status()).as(ended.output()).isZero();
    }
    OstrakaProcess.Ended check = cluster.check();
    assertThat(check.status()).as(check.output()).isZero();
  }

  /** A table that was created on one server is used at once on the others, and deleted there. */
  private void createHereAndUseThere(Cluster cluster, int round) {
    String table = "round-" + round;
    int here = random.nextInt(SERVERS);
    DynamoDbClient there = cluster.client((here + 1) % SERVERS);
    DynamoDbClient elsewhere = cluster.client((here + 2) % SERVERS);
    cluster.client(here).createTable(VoteTable.request(table));
    Map<String, AttributeValue> key = VoteTable.key("voter");
    there.putItem(put -> put.tableName(table).item(key));
    assertThat(elsewhere.getItem(get -> get.tableName(table).key(key)).item()).isEqualTo(key);
    elsewhere.deleteTable(delete -> delete.tableName(table));
    assertThat(there.listTables().tableNames()).doesNotContain(table);
  }

  /**
   * Lets clients use all servers until something has happened to them, and returns how each client
   * ended: that of server {@code i} at all places {@code i} modulo the number of servers.
   */
  private List<Optional<Exception>> underLoad(Cluster cluster, Disturbance disturbance)
      throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Semaphore answered = new Semaphore(0);
    List<Future<? extends Optional<? extends Exception>>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      try {
        for (int i = 0; i < SERVERS * (TELLERS + WRITERS); i++) {
          DynamoDbClient client = cluster.client(i % SERVERS);
          running.add(
              i < SERVERS * TELLERS
                  ? threads.submit(teller(client, answered, stop))
                  : threads.submit(writer(client, stop)));
        }
        await(answered, random.nextInt(MAX_ANSWERS_BEFORE));
        disturbance.happen(answered);
      } finally {
        stop.set(true);
      }
      List<Optional<Exception>> ends = new ArrayList<>();
      for (Future<? extends Optional<? extends Exception>> client : running) {
        ends.add(end(client));
      }
      return ends;
    }
  }

  private static Optional<Exception> end(Future<? extends Optional<? extends Exception>> client)
      throws InterruptedException {
    try {
      return client.get().map(Exception.class::cast);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof SdkException answer) {
        return Optional.of(answer);
      }
      throw new AssertionError("a client failed by itself", failure);
    }
  }

  private Teller teller(DynamoDbClient client, Semaphore answered, AtomicBoolean stop) {
    users++;
    return new Teller(bank, client, "transfer-" + users, seed.random(users), answered, stop);
  }

  private StreamWriter writer(DynamoDbClient client, AtomicBoolean stop) {
    users++;
    return new StreamWriter(
        client, journal, "w" + users, seed.random(users), new Semaphore(0), stop);
  }

  private static void await(Semaphore answered, int permits) throws InterruptedException {
    boolean inTime =
        answered.tryAcquire(permits, OstrakaProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(inTime).as("%d more answers", permits).isTrue();
  }

  private DynamoDbStreamsClient streams(Cluster cluster) throws InterruptedException {
    return SdkClients.connectToStreams(cluster.server(random.nextInt(SERVERS)).endpoint());
  }

  private void verifyStream(Cluster cluster, StreamReader follower) throws InterruptedException {
    DynamoDbClient client = cluster.client(0);
    try (DynamoDbStreamsClient streams = streams(cluster)) {
      await(() ->
          scan(client).values().stream().noneMatch(item -> item.containsKey(StreamReplay.EXPIRES)));
      // Its open shards are closed with it: then each shard can be read to its end.
      client.updateTable(update ->
          update
              .tableName(StreamWriter.TABLE)
              .streamSpecification(stream -> stream.streamEnabled(false)));
      String arn =
          client
              .describeTable(describe -> describe.tableName(StreamWriter.TABLE))
              .table()
              .latestStreamArn();
      StreamReader late = new StreamReader(arn);
      await(() -> late.read(streams));
      await(() -> follower.read(streams));
      System.out.printf(
          "ClusterIT: %d rounds, %d acknowledged changes; %d records, %d of them by time to live,"
              + " in %d shards%n",
          ROUNDS,
          journal.changes(),
          late.replay().records(),
          late.replay().expirations(),
          late.finished());
      assertThat(late.replay().items()).isEqualTo(scan(client));
      assertThat(follower.replay().eventIds()).isEqualTo(late.replay().eventIds());
      journal.verify(late.replay());
    }
  }

  private static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> scan(
      DynamoDbClient client) {
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(StreamWriter.TABLE).consistentRead(true))
        .items()
        .forEach(item -> items.put(Map.of("PK", item.get("PK"), "SK", item.get("SK")), item));
    return items;
  }

  /** Each answer is a round trip: nothing here needs to sleep. */
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + OstrakaProcess.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
    }
  }
}

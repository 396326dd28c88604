package org.ostraka.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.ostraka.testkit.postgres.PostgresServer;

/**
 * Eventually consistent reads with a streaming standby whose replay is paused: what it shows then
 * tells where a read went. The test moves the clock.
 */
final class StandbyReadsTest {
  private static final Space SPACE = new Space(7);
  private static final RowKey KEY = new RowKey(SPACE, Bytes.of(1), Bytes.EMPTY);
  private static final Bytes OLD = Bytes.of(1);
  private static final Bytes NEW = Bytes.of(2);
  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final int CONNECTIONS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static PostgresServer primary;
  private static PostgresServer standby;

  private final AtomicLong nanos = new AtomicLong();
  private final PostgresSettings settings = settings(primary.url(primary.newDatabase()));
  private final Store writer = PostgresStore.open(settings);
  private final StandbyReads reads = reads(standby.address());
  private final Store store =
      new PostgresStore(new Connections(settings, Connections.Role.PRIMARY), Optional.of(reads));

  @BeforeAll
  static void start() {
    Assumptions.assumeTrue(
        PostgresServer.installed().isPresent(), "skipped: PostgreSQL is not installed");
    primary = PostgresServer.start();
    standby = primary.startStandby();
  }

  @AfterAll
  static void stop() {
    if (primary != null) {
      standby.close();
      primary.close();
    }
  }

  @AfterEach
  void close() {
    standby.sql("SELECT pg_wal_replay_resume()");
    store.close();
    writer.close();
  }

  @Test
  void readsWithinTheBoundGoToTheStandbyAndConsistentOnesDoNot() {
    pauseAfterOld();
    put(NEW);
    assertThat(read(Consistency.EVENTUAL)).isEqualTo(OLD);
    assertThat(scan(Consistency.EVENTUAL)).containsExactly(OLD);
    assertThat(read(Consistency.STRONG)).isEqualTo(NEW);
    assertThat(scan(Consistency.STRONG)).containsExactly(NEW);
    nanos.addAndGet(BOUND.toNanos());
    assertThat(read(Consistency.EVENTUAL)).isEqualTo(OLD);
  }

  @Test
  void aStandbyBeyondTheBoundGetsNoReadsUntilItHasCaughtUp() {
    pauseAfterOld();
    put(NEW);
    for (int second = 0; second < BOUND.toSeconds(); second++) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      reads.turn();
      assertThat(read(Consistency.EVENTUAL)).isEqualTo(OLD);
    }
    nanos.incrementAndGet();
    for (int late = 0; late < StandbyReads.LATE_IN_A_ROW; late++) {
      assertThat(serves()).as("after %d late answers", late).isTrue();
      assertThat(read(Consistency.EVENTUAL)).isEqualTo(NEW);
    }
    assertThat(serves()).isFalse();
    assertThat(scan(Consistency.EVENTUAL)).containsExactly(NEW);
    reads.turn();
    assertThat(read(Consistency.EVENTUAL)).as("still paused").isEqualTo(NEW);
    standby.sql("SELECT pg_wal_replay_resume()");
    await(() -> {
      reads.turn();
      return serves();
    });
    assertThat(read(Consistency.EVENTUAL)).isEqualTo(NEW);
  }

  @Test
  void oneLateStandbyAmongSeveralDoesNotTakeTheOthersOutOfUse() {
    try (PostgresServer other = primary.startStandby();
        StandbyReads several = reads(standby.address() + "," + other.address())) {
      other.stopAtOnce();
      await(() -> isReadFrom(several, standby));
      other.startAgain();
      standby.sql("SELECT pg_wal_replay_pause()");
      for (int again = 0; again < 3; again++) {
        nanos.addAndGet(BOUND.toNanos() + 1);
        await(() -> isReadFrom(several, other));
      }
      assertThat(several.serves()).isTrue();
    }
  }

  @Test
  void aReadThatFindsNoFreeConnectionLeavesTheStandbyInUse() {
    put(OLD);
    await(() -> {
      reads.turn();
      return serves();
    });
    assertThat(readWithin(CONNECTIONS)).isEqualTo(CONNECTIONS);
    assertThat(serves()).isTrue();
  }

  /** Reads while this many reads are under way; returns the number. */
  private int readWithin(int others) {
    return reads.read(_ -> others == 0 ? 0 : 1 + readWithin(others - 1));
  }

  @Test
  void anIdlePrimaryDoesNotMakeItsStandbyLate() {
    pauseAfterOld();
    standby.sql("SELECT pg_wal_replay_resume()");
    for (int minute = 0; minute < 3; minute++) {
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      reads.turn();
      await(() -> {
        reads.turn();
        return serves();
      });
    }
  }

  @Test
  void aStandbyThatDiesCostsNoReadAndServesAgainWhenItIsBack() {
    pauseAfterOld();
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = ''");
    primary.sql("SELECT pg_reload_conf()");
    standby.stopAtOnce();
    put(NEW);
    assertThat(read(Consistency.EVENTUAL)).isEqualTo(NEW);
    reads.turn();
    assertThat(serves()).isFalse();
    standby.startAgain();
    nanos.addAndGet(BOUND.toNanos() + 1); // what it has shown so far is too old
    await(() -> {
      nanos.addAndGet(1);
      reads.turn();
      return serves();
    });
    assertThat(read(Consistency.EVENTUAL)).isEqualTo(NEW);
  }

  @Test
  void anotherDatabaseIsNeverRead() {
    put(OLD);
    for (String place :
        List.of(
            primary.newDatabase(),
            PostgresUrl.parse(primary.url(withRow(primary.newDatabase()))).database(),
            "absent")) {
      try (StandbyReads others = reads(primary.address() + "/" + place)) {
        others.turn();
        others.turn();
        String answer = others.read(_ -> "from the primary");
        assertThat(answer).isEqualTo("from the primary");
        assertThat(others.serves()).as(place).isFalse();
      }
    }
  }

  @Test
  void hostsWithoutAStandbyMeanThePrimary() {
    put(NEW);
    try (StandbyReads own = reads(primary.address())) {
      own.turn();
      assertThat(own.serves()).isTrue();
    }
  }

  /** Stores the old value, waits until the standby serves it, and stops its replay. */
  private void pauseAfterOld() {
    put(OLD);
    await(() -> {
      reads.turn();
      return serves();
    });
    standby.sql("SELECT pg_wal_replay_pause()");
    await(() -> standby.query("SELECT pg_get_wal_replay_pause_state()").equals("paused"));
    assertThat(read(Consistency.EVENTUAL)).isEqualTo(OLD);
  }

  /** Takes a turn, and returns whether a read then goes to a server. */
  private static boolean isReadFrom(StandbyReads reads, PostgresServer server) {
    reads.turn();
    String port =
        reads.read(connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet found = statement.executeQuery("SELECT inet_server_port()")) {
            found.next();
            return found.getString(1);
          }
        });
    return server.address().endsWith(":" + port);
  }

  private boolean serves() {
    return reads.serves();
  }

  /** Makes reads from the same database at another place, or another database there. */
  private StandbyReads reads(String place) {
    String database = place.contains("/") ? "" : "/" + settings.database();
    PostgresSettings other =
        settings("postgresql://" + PostgresServer.USER + "@" + place + database);
    return new StandbyReads(
        new Connections(settings, Connections.Role.PRIMARY),
        new Connections(other, Connections.Role.STANDBY),
        new StandbySettings(other, BOUND),
        nanos::get);
  }

  private static PostgresSettings settings(String url) {
    return PostgresUrl.parse(url).settings("", CONNECTIONS);
  }

  /** Makes another store, whose rows nobody here may see, with beats of its own. */
  private static String withRow(String database) {
    PostgresSettings other = settings(primary.url(database));
    try (Store foreign = PostgresStore.open(other);
        Connections connections = new Connections(other, Connections.Role.PRIMARY);
        StandbyReads own =
            new StandbyReads(
                connections,
                new Connections(other, Connections.Role.STANDBY),
                new StandbySettings(other, BOUND),
                () -> 0)) {
      put(foreign, NEW);
      own.turn();
      assertThat(own.serves()).isTrue();
    }
    return database;
  }

  private void put(Bytes value) {
    put(writer, value);
  }

  private static void put(Store store, Bytes value) {
    store.transact(List.of(KEY), _ -> new Verdict<>("", List.of(new Write.Put(KEY, value))));
  }

  private Bytes read(Consistency consistency) {
    return store.read(KEY, consistency).orElseThrow().value();
  }

  private List<Bytes> scan(Consistency consistency) {
    try (Cursor cursor = store.scan(Range.OfSlice.all(SPACE), consistency, Wanted.ALL)) {
      return cursor.next().map(Row::value).stream().toList();
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}

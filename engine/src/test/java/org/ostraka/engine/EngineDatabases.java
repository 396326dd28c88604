package org.ostraka.engine;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.junit.jupiter.api.Assumptions;
import org.ostraka.storage.Store;
import org.ostraka.storage.postgresql.PostgresSettings;
import org.ostraka.storage.postgresql.PostgresStore;
import org.ostraka.storage.postgresql.PostgresUrl;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.postgres.PostgresServer;

/**
 * Databases that stand in for volumes in memory with {@code -Dostraka.engine.store=postgresql}: one
 * for each volume that is open, on one server. Any thread.
 *
 * <p>A build runs the tests with the tag {@code postgresql} in this way, and {@code -Ppostgresql}
 * all of them. Those that make steps of a volume fail are skipped then.
 */
final class EngineDatabases {
  /** Whether engines of tests are on PostgreSQL. */
  static final boolean ARE_USED =
      System.getProperty("ostraka.engine.store", "").equals("postgresql");

  private static final int CONNECTIONS = 24;

  /** Makes the database take its time from a sequence, which follows the clock of the test. */
  private static final String CLOCK =
      """
      CREATE SEQUENCE ostraka.test_clock;
      CREATE OR REPLACE FUNCTION ostraka.wall() RETURNS bigint LANGUAGE sql VOLATILE AS
        $$ SELECT last_value << 16 FROM ostraka.test_clock $$
      """;

  private static final Map<MemoryVolume, String> OPEN = new WeakHashMap<>();
  private static final Map<Reference<?>, String> USED = new HashMap<>();
  private static final ReferenceQueue<MemoryVolume> FREE = new ReferenceQueue<>();

  /** The server, which starts when it is first needed, and its database with empty tables. */
  private static final class Running {
    static final PostgresServer SERVER = PostgresServer.start();
    static final String TEMPLATE = SERVER.newDatabase();

    static {
      PostgresStore.open(settings(TEMPLATE)).close();
      SERVER.query(TEMPLATE, CLOCK);
    }
  }

  private EngineDatabases() {}

  /** Opens the store in the database of a volume; skips the test if the volume's steps matter. */
  static synchronized Store open(MemoryVolume volume, ManualClock clock) {
    Assumptions.assumeTrue(
        PostgresServer.installed().isPresent(), "skipped: PostgreSQL is not installed");
    Assumptions.assumeTrue(volume.isSound(), "needs the steps of a volume");
    return PostgresStore.open(settings(database(volume, clock)));
  }

  /** Breaks all connections to the database of a volume, whatever they are doing. */
  static synchronized void breakConnections(MemoryVolume volume) {
    Running.SERVER.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + OPEN.get(volume)
            + "'");
  }

  private static String database(MemoryVolume volume, ManualClock clock) {
    String known = OPEN.get(volume);
    if (known != null) {
      return known;
    }
    dropUnused();
    String made = Running.SERVER.newDatabase(Running.TEMPLATE);
    Reference<MemoryVolume> user = new WeakReference<>(volume, FREE);
    OPEN.put(volume, made);
    USED.put(user, made);
    clock.setAlso(now -> setClock(user, now));
    return made;
  }

  private static synchronized void setClock(Reference<MemoryVolume> user, Instant now) {
    String database = USED.get(user);
    if (database != null) {
      Running.SERVER.query(
          database, "SELECT setval('ostraka.test_clock', " + now.toEpochMilli() + ")");
    }
  }

  /** Drops the databases of volumes that no test has any more. */
  private static void dropUnused() {
    Reference<?> gone = FREE.poll();
    while (gone != null) {
      Running.SERVER.sql("DROP DATABASE " + USED.remove(gone) + " WITH (FORCE)");
      gone = FREE.poll();
    }
  }

  private static PostgresSettings settings(String database) {
    return PostgresUrl.parse(Running.SERVER.url(database)).settings("", CONNECTIONS);
  }
}

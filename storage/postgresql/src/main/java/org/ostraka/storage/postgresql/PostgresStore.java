package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Decision;
import org.ostraka.storage.Guard;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;
import org.ostraka.storage.StoreLimits;
import org.ostraka.storage.Wanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in a PostgreSQL database, which any number of servers may share. Any thread.
 *
 * <p>The file of the first migration says what the tables have. Stamps and positions come from one
 * clock in the database, so the clocks of servers do not matter.
 */
public final class PostgresStore implements Store {
  /**
   * Keys of one decision: each takes a place in the database's table of locks, which has room for a
   * few thousand by default.
   */
  static final StoreLimits LIMITS = new StoreLimits(1_024, 100_000, 32_768, 32_768, 64 << 20);

  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);
  static final int DROP_ROWS = 5_000;
  private static final String UNSAFE =
      "SELECT string_agg(name, ', ' ORDER BY name) FROM pg_settings"
          + " WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'";
  private static final String HORIZON = "SELECT ostraka.horizon(true)";

  /**
   * Deletes some rows of a space, and tells how many there were: of these another server may have
   * deleted some at the same time, which says nothing of those behind them.
   */
  static final String DROP =
      """
      WITH doomed AS (
        SELECT space, hash, partition_id, sort_head, sort_id FROM ostraka.rows
          WHERE space = ? AND hash >= ?
          ORDER BY space, hash, partition_id, sort_head, sort_id LIMIT ?
      ), gone AS (
        DELETE FROM ostraka.rows AS present USING doomed
          WHERE present.space = doomed.space AND present.hash = doomed.hash
            AND present.partition_id = doomed.partition_id
            AND present.sort_head = doomed.sort_head AND present.sort_id = doomed.sort_id)
      SELECT max(hash), count(*) FROM doomed
      """;

  private final Connections connections;
  private final Optional<StandbyReads> standby;
  private final RowReader reader;
  private final Optional<RowReader> standbyReader;
  private final Decisions decisions;

  PostgresStore(Connections connections, Optional<StandbyReads> standby) {
    this.connections = connections;
    this.standby = standby;
    this.reader = new RowReader(connections::with);
    this.standbyReader = standby.map(reads -> new RowReader(reads::read));
    this.decisions = new Decisions(connections, reader, LIMITS);
  }

  /**
   * Opens the store, and creates what it needs in an empty database.
   *
   * @throws org.ostraka.storage.StorageFailedException when the database cannot be reached, or has
   *     the schema of a newer program
   */
  public static PostgresStore open(PostgresSettings settings) {
    return new PostgresStore(connect(settings, Schema::prepare), Optional.empty());
  }

  /**
   * Opens the store as {@link #open(PostgresSettings)} does. Its eventually consistent reads go to
   * standbys while these are within their bound.
   *
   * @param nanoTime a clock that never goes back, in nanoseconds
   * @param threads makes the thread that watches the standbys
   */
  public static PostgresStore open(
      PostgresSettings settings,
      StandbySettings standbys,
      LongSupplier nanoTime,
      ThreadFactory threads) {
    Connections primary = connect(settings, Schema::prepare);
    StandbyReads reads = standbyReads(primary, standbys, nanoTime);
    reads.start(threads);
    return new PostgresStore(primary, Optional.of(reads));
  }

  private static StandbyReads standbyReads(
      Connections primary, StandbySettings standbys, LongSupplier nanoTime) {
    Connections standby = new Connections(standbys.settings(), Connections.Role.STANDBY);
    return new StandbyReads(primary, standby, standbys, nanoTime);
  }

  /**
   * Opens a store that is there.
   *
   * @throws org.ostraka.storage.StorageFailedException when there is none, or {@link #open} would
   *     change its schema
   */
  public static PostgresStore openExisting(PostgresSettings settings) {
    return new PostgresStore(connect(settings, Schema::require), Optional.empty());
  }

  private static Connections connect(PostgresSettings settings, Preparation preparation) {
    try (Connection connection = Connections.single(settings)) {
      preparation.on(connection);
      warnOfLoss(connection, settings);
    } catch (SQLException failure) {
      throw OpeningFailures.of(failure, settings);
    }
    return new Connections(settings, Connections.Role.PRIMARY);
  }

  /** These two are settings of the whole server, which no session can change. */
  private static void warnOfLoss(Connection connection, PostgresSettings settings)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNSAFE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      String unsafe = row.getString(1);
      if (unsafe != null) {
        LOG.warn(
            "{}: off on the server: {}. A loss of power can take acknowledged writes",
            settings,
            unsafe);
      }
    }
  }

  /** What is done with a connection before the store is used. */
  private interface Preparation {
    void on(Connection connection) throws SQLException;
  }

  @Override
  public StoreLimits limits() {
    return LIMITS;
  }

  @Override
  public ScanOrder scanOrder() {
    return StoredOrder.ORDER;
  }

  @Override
  public Optional<Row> read(RowKey key, Consistency consistency) {
    return read(List.of(key), consistency).getFirst();
  }

  @Override
  public List<Optional<Row>> read(List<RowKey> keys, Consistency consistency) {
    if (keys.size() > LIMITS.declaredKeys()) {
      throw new IllegalArgumentException(
          "a reading has at most " + LIMITS.declaredKeys() + " keys");
    }
    if (keys.isEmpty()) {
      return List.of();
    }
    keys.forEach(key -> requireSize(key, LIMITS));
    List<RowReads.Wanted> wanted =
        keys.stream().map(key -> new RowReads.Wanted(key, StoredKey.of(key), true)).toList();
    List<RowReads.@Nullable Found> found = find(wanted, consistency);
    List<Optional<Row>> rows = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      RowKey key = keys.get(i);
      rows.add(Optional.ofNullable(found.get(i)).map(row -> row.at(key)));
    }
    return rows;
  }

  private List<RowReads.@Nullable Found> find(
      List<RowReads.Wanted> wanted, Consistency consistency) {
    RowReader from =
        switch (consistency) {
          case STRONG -> reader;
          case EVENTUAL -> standbyReader.orElse(reader);
        };
    try (Connections.Use _ = connections.use()) {
      return from.read(wanted);
    } catch (SQLException failure) {
      throw SqlFailures.failed(failure);
    }
  }

  /** Refuses a key with a part that is longer than the limits allow. */
  static void requireSize(RowKey key, StoreLimits limits) {
    if (key.partition().sizeBytes() > limits.partitionBytes()
        || key.sort().sizeBytes() > limits.sortBytes()) {
      throw new IllegalArgumentException(
          "a key's parts have at most " + limits.partitionBytes() + " bytes");
    }
  }

  @Override
  public Cursor scan(Range range, Consistency consistency, Wanted wanted) {
    try (Connections.Use _ = connections.use()) {
      return new PagedCursor(connections, reading(consistency), new RowPages(range), wanted);
    }
  }

  private Reading reading(Consistency consistency) {
    return switch (consistency) {
      case STRONG -> connections;
      case EVENTUAL -> standby.<Reading>map(reads -> reads).orElse(connections);
    };
  }

  @Override
  public <T> T transact(Collection<RowKey> keys, Collection<Guard> guards, Decision<T> decision) {
    if (keys.isEmpty() || keys.size() > LIMITS.declaredKeys()) {
      throw new IllegalArgumentException(
          "a decision declares 1 to " + LIMITS.declaredKeys() + " keys");
    }
    keys.forEach(key -> requireSize(key, LIMITS));
    return decisions.decide(keys, guards, decision);
  }

  @Override
  public LogPage readLog(LogId log, Position after, int maxRecords, long maxBytes) {
    if (maxRecords < 1 || maxRecords > MAX_LOG_PAGE || maxBytes < 1) {
      throw new IllegalArgumentException(
          "a page of a log has 1 to " + MAX_LOG_PAGE + " records, and one byte at least");
    }
    return connections.read(connection -> Logs.read(connection, log, after, maxRecords, maxBytes));
  }

  @Override
  public Position oldest(LogId log) {
    return connections.read(connection -> Logs.oldest(connection, log));
  }

  @Override
  public Position newest(LogId log) {
    return connections.read(connection -> Logs.newest(connection, log));
  }

  @Override
  public void trim(LogId log, Position upTo) {
    connections.read(connection -> Logs.trim(connection, log, upTo));
  }

  @Override
  public Stamp floor() {
    return connections.read(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(HORIZON);
          ResultSet row = statement.executeQuery()) {
        row.next();
        return new Stamp(row.getLong(1));
      }
    });
  }

  @Override
  public void drop(Space space) {
    connections.read(connection -> {
      long from = Long.MIN_VALUE;
      boolean isDone = false;
      while (!isDone) {
        try (PreparedStatement statement = connection.prepareStatement(DROP)) {
          statement.setLong(1, space.id());
          statement.setLong(2, from);
          statement.setInt(3, DROP_ROWS);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            isDone = row.getLong(2) < DROP_ROWS;
            from = isDone ? from : row.getLong(1);
          }
        }
      }
      return deleteLog(connection, space);
    });
  }

  private static int deleteLog(Connection connection, Space space) throws SQLException {
    int records = 0;
    for (String table : List.of("records", "trimmed")) {
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM ostraka." + table + " WHERE log = ?")) {
        statement.setLong(1, space.id());
        records += statement.executeUpdate();
      }
    }
    return records;
  }

  @Override
  public SortedSet<Space> spaces() {
    return connections.read(StoreCheck::spaces);
  }

  @Override
  public void check(Consumer<String> problems) {
    connections.read(connection -> StoreCheck.count(connection, problems));
    spaces().forEach(space -> StoreCheck.findEach(this, space, problems));
  }

  @Override
  public void close() {
    standby.ifPresent(StandbyReads::close);
    connections.close();
  }
}

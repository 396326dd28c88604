package org.ostraka.storage.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Properties;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.ostraka.storage.StorageFailedException;

/** Connections to the database, until they are closed. Any thread. */
final class Connections implements Reading, AutoCloseable {
  private static final int WAIT_MILLIS = 10_000;
  private static final int SOCKET_TIMEOUT_SECONDS = 60;
  private static final int CONNECT_TIMEOUT_SECONDS = 5;

  /**
   * Settings of each session. Plans are made once and always use the key's index, whatever the
   * statistics say: every statement reads by key.
   */
  private static final String SESSION =
      "-c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
          + " -c enable_hashjoin=off -c enable_mergejoin=off -c enable_bitmapscan=off"
          + " -c default_transaction_isolation=read\\ committed"
          // Locks of a server that vanished, or wait for one, do not stay until TCP gives up.
          + " -c lock_timeout=15s -c idle_in_transaction_session_timeout=60s";

  /**
   * A commit is acknowledged when it is durable, whatever is set for the database or the user. The
   * stricter setting, by which a standby has applied it too, is kept.
   */
  private static final String DURABLE =
      "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')";

  /** Which servers the connections are for. */
  enum Role {
    /** The one that takes writes. */
    PRIMARY("primary", WAIT_MILLIS, SOCKET_TIMEOUT_SECONDS),
    /**
     * Those that replay its writes; the primary when there is none of them. Whoever waits for one
     * of these could have asked the primary meanwhile.
     */
    STANDBY("preferSecondary", 1_000, 5);

    private final String target;
    private final int waitMillis;
    private final int socketTimeoutSeconds;

    Role(String target, int waitMillis, int socketTimeoutSeconds) {
      this.target = target;
      this.waitMillis = waitMillis;
      this.socketTimeoutSeconds = socketTimeoutSeconds;
    }
  }

  private final HikariDataSource pool;
  private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
  private boolean closed;

  Connections(PostgresSettings settings, Role role) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.jdbcUrl());
    config.setPoolName("ostraka-" + role.target);
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(role.waitMillis);
    config.setValidationTimeout(role.waitMillis / 2);
    config.setInitializationFailTimeout(-1);
    config.setDataSourceProperties(properties(settings, role));
    config.setConnectionInitSql(DURABLE);
    pool = new HikariDataSource(config);
  }

  /** Opens one connection, without a pool that would try again and hide why it fails. */
  static Connection single(PostgresSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.jdbcUrl(), properties(settings, Role.PRIMARY));
  }

  /**
   * Returns the driver's properties. Among several hosts it looks for those of the role, and
   * forgets after a second what a host was: a standby may have become the primary.
   */
  private static Properties properties(PostgresSettings settings, Role role) {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", "ostraka");
    properties.setProperty("options", SESSION);
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketTimeout", Integer.toString(role.socketTimeoutSeconds));
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
    properties.setProperty("targetServerType", role.target);
    properties.setProperty("loadBalanceHosts", Boolean.toString(role == Role.STANDBY));
    properties.setProperty("hostRecheckSeconds", "1");
    properties.putAll(settings.parameters());
    return properties;
  }

  /** Keeps the connections open until it is closed. */
  interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins a call.
   *
   * @throws StorageFailedException when the store is closed
   */
  Use use() {
    lifetime.readLock().lock();
    if (closed) {
      lifetime.readLock().unlock();
      throw new StorageFailedException("the store is closed");
    }
    return lifetime.readLock()::unlock;
  }

  /** Works with a connection of which every statement is a transaction. */
  <T> T with(SqlWork<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      try {
        return work.on(connection);
      } catch (SQLException failure) {
        // The session may still hold locks, and a new one holds none.
        pool.evictConnection(connection);
        throw failure;
      }
    }
  }

  /** Returns whether a failure means that others use all connections there are. */
  boolean isBusy(SQLException failure) {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    return failure instanceof SQLTransientConnectionException
        && state.getActiveConnections() > 0
        && state.getIdleConnections() == 0;
  }

  /** Closes a connection, which its user still has, instead of giving it to others. */
  void evict(Connection connection) {
    pool.evictConnection(connection);
  }

  /** Closes all connections: those that are in use, after their use. */
  void evictAll() {
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  /** Works with a connection, and changes nothing whose loss would matter. */
  @Override
  public <T> T read(SqlWork<T> work) {
    try (Use _ = use()) {
      return with(work);
    } catch (SQLException failure) {
      throw SqlFailures.failed(failure);
    }
  }

  /** Waits for the calls under way, and refuses all others. */
  @Override
  public void close() {
    lifetime.writeLock().lock();
    try {
      closed = true;
    } finally {
      lifetime.writeLock().unlock();
    }
    pool.close();
  }
}

package org.ostraka.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.testkit.port.ReservedPort;

/** A database that cannot be used is refused at once, in words that say what to do. */
final class OpeningTest {
  private final String database = TestDatabases.takeNew();
  private final PostgresSettings settings = TestDatabases.settings(database);

  @Test
  void newerSchemaIsRefused() {
    PostgresStore.open(settings).close();
    TestDatabases.execute(
        database, "INSERT INTO ostraka.schema_version (version) VALUES (" + 1_000_000 + ")");
    assertRefused(settings, "has schema version 1000000", "start a newer program");
  }

  @Test
  void serversThatStartTogetherPrepareTheDatabaseOnce() throws Exception {
    String empty = TestDatabases.takeNew();
    TestDatabases.inParallel(8, () -> PostgresStore.open(TestDatabases.settings(empty)).close());
    try (Store store = PostgresStore.open(TestDatabases.settings(empty))) {
      assertThat(store.spaces()).isEmpty();
    }
  }

  /** A database that answers before a commit is durable would make the store forget. */
  @ParameterizedTest
  @CsvSource({"off, on", "local, on", "remote_write, on", "on, on", "remote_apply, remote_apply"})
  void commitsAreDurableWhateverTheDatabaseSays(String set, String used) {
    TestDatabases.execute(
        database, "ALTER DATABASE " + database + " SET synchronous_commit = " + set);
    try (Connections connections = new Connections(settings, Connections.Role.PRIMARY)) {
      assertThat(connections.<String>read(OpeningTest::synchronousCommit)).isEqualTo(used);
    }
  }

  private static String synchronousCommit(Connection connection) throws SQLException {
    try (PreparedStatement show = connection.prepareStatement("SHOW synchronous_commit");
        ResultSet setting = show.executeQuery()) {
      setting.next();
      return setting.getString(1);
    }
  }

  @Test
  void absentDatabaseIsNamed() {
    assertRefused(
        with(settings.hosts(), "absent", "ostraka"),
        "/absent: there is no such database on the server (3D000)");
  }

  @Test
  void wrongPasswordIsNotShown() {
    TestDatabases.requirePassword("guarded", "right-Q7w");
    PostgresSettings wrong = with(settings.hosts(), database, "guarded");
    assertRefused(wrong, "the server refuses the user: is the password right? (28P01)");
  }

  @Test
  void userWithoutPrivilegesIsTold() {
    String empty = TestDatabases.takeNew();
    TestDatabases.execute(empty, "CREATE ROLE visitor LOGIN");
    assertRefused(
        with(settings.hosts(), empty, "visitor"), "may not create the schema ostraka", "42501");
  }

  @Test
  void absentServerIsTold() {
    try (ReservedPort nobody = new ReservedPort()) {
      assertRefused(
          with("127.0.0.1:" + nobody.number(), database, "ostraka"),
          "no PostgreSQL server that takes writes answers");
    }
  }

  private static PostgresSettings with(String hosts, String database, String user) {
    return new PostgresSettings(hosts, database, user, "wrong-Z3k", Map.of(), 2);
  }

  private static void assertRefused(PostgresSettings settings, String... parts) {
    assertThatThrownBy(() -> PostgresStore.open(settings))
        .isInstanceOf(StorageFailedException.class)
        .message()
        .contains(parts)
        .doesNotContain("Z3k")
        .doesNotContain("\n");
  }
}

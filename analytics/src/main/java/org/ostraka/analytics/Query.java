package org.ostraka.analytics;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers one statement over directories of Parquet files. One thread. */
final class Query {
  private Query() {}

  static void run(String sql, Map<String, Path> tables, Rows rows) throws SQLException {
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      confine(statement, tables);
      for (Map.Entry<String, Path> table : tables.entrySet()) {
        statement.execute(
            "CREATE VIEW "
                + Sql.name(table.getKey())
                + " AS SELECT * FROM read_parquet("
                + Sql.text(table.getValue().toAbsolutePath() + "/*.parquet")
                + ", union_by_name = true)");
      }
      if (statement.execute(sql)) {
        try (ResultSet answer = statement.getResultSet()) {
          rows.show(answer);
        }
      }
    }
  }

  /** Lets statements reach the tables' directories and nothing else, neither files nor network. */
  private static void confine(Statement statement, Map<String, Path> tables) throws SQLException {
    String directories =
        tables.values().stream()
            .map(path -> Sql.text(path.toAbsolutePath() + "/"))
            .collect(Collectors.joining(", ", "[", "]"));
    statement.execute("SET allowed_directories = " + directories);
    statement.execute("SET enable_external_access = false");
    statement.execute("SET lock_configuration = true");
  }
}

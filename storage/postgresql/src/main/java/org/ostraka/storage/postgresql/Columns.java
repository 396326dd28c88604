package org.ostraka.storage.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement in turn, lists as arrays. One thread. */
final class Columns {
  private final PreparedStatement statement;
  private final Connection connection;
  private int index;

  Columns(PreparedStatement statement) throws SQLException {
    this.statement = statement;
    this.connection = statement.getConnection();
  }

  void number(long value) throws SQLException {
    statement.setLong(++index, value);
  }

  void integer(int value) throws SQLException {
    statement.setInt(++index, value);
  }

  void bytes(byte[] value) throws SQLException {
    statement.setBytes(++index, value);
  }

  <T> void numbers(List<T> rows, Function<T, @Nullable Long> column) throws SQLException {
    array("int8", rows.stream().map(column).toArray(Long[]::new));
  }

  <T> void integers(List<T> rows, Function<T, @Nullable Integer> column) throws SQLException {
    array("int4", rows.stream().map(column).toArray(Integer[]::new));
  }

  <T> void flags(List<T> rows, Function<T, Boolean> column) throws SQLException {
    array("bool", rows.stream().map(column).toArray(Boolean[]::new));
  }

  <T> void binaries(List<T> rows, Function<T, byte @Nullable []> column) throws SQLException {
    array("bytea", rows.stream().map(column).toArray(byte[][]::new));
  }

  /** Sets the five columns by which a row is found. */
  void keys(List<StoredKey> keys) throws SQLException {
    numbers(keys, StoredKey::space);
    numbers(keys, StoredKey::hash);
    binaries(keys, StoredKey::partitionId);
    binaries(keys, StoredKey::head);
    binaries(keys, StoredKey::tailId);
  }

  private void array(String type, Object[] values) throws SQLException {
    Array array = connection.createArrayOf(type, values);
    statement.setArray(++index, array);
  }
}

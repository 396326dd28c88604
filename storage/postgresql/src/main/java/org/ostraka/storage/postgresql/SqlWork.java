package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with one connection. */
@FunctionalInterface
interface SqlWork<T> {
  T on(Connection connection) throws SQLException;
}

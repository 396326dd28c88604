package org.ostraka.storage.postgresql;

/** Where rows are read. Any thread. */
interface Reading {
  /**
   * Reads with a connection to a database that has the rows.
   *
   * @throws org.ostraka.storage.StorageFailedException when none serves
   */
  <T> T read(SqlWork<T> work);
}

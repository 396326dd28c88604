package org.ostraka.storage.rocksdb;

import java.nio.file.Path;

/** Something on disk that a crash cannot have left so. Immutable. */
sealed interface Damage {

  /** What is wrong, for the operator: names the file. */
  String message();

  /**
   * Nothing that Ostraka can do without. A MANIFEST that is not whole is such a thing: what it does
   * not say any more may be a hole in the middle of the writes.
   */
  record Fatal(String message) implements Damage {}

  /** A log is sound up to a place, and what is behind that place is lost. */
  record Tail(Path log, long soundBytes, String message) implements Damage {}

  /** Logs from this number on cannot be used, since something in front of them is missing. */
  record LogsFrom(long number, String message) implements Damage {}

  /** What there is can be used, but it is not all that was durable. */
  record Missing(String message) implements Damage {}
}

package org.ostraka.storage.rocksdb;

import java.util.Optional;

/** What part of a record a fragment is: its type, by its number in the file. */
enum FragmentType {
  FULL,
  FIRST,
  MIDDLE,
  LAST;

  /** The type with a number; empty where Ostraka never writes it. */
  static Optional<FragmentType> of(int number) {
    return number >= 1 && number <= values().length
        ? Optional.of(values()[number - 1])
        : Optional.empty();
  }

  boolean beginsRecord() {
    return this == FULL || this == FIRST;
  }

  boolean endsRecord() {
    return this == FULL || this == LAST;
  }
}

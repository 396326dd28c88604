package org.ostraka.storage.rocksdb;

import java.util.Arrays;
import java.util.Optional;

/** What part of a record a fragment is: its type, by its number in the file. */
enum FragmentType {
  FULL(1),
  FIRST(2),
  MIDDLE(3),
  LAST(4);

  private final int number;

  FragmentType(int number) {
    this.number = number;
  }

  /** The type with a number; empty where Ostraka never writes it. */
  static Optional<FragmentType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  int number() {
    return number;
  }

  boolean beginsRecord() {
    return this == FULL || this == FIRST;
  }

  boolean endsRecord() {
    return this == FULL || this == LAST;
  }
}

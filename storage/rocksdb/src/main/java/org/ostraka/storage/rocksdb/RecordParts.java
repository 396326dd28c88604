package org.ostraka.storage.rocksdb;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Puts the fragments of one record after another together, for {@link LogWalk}. One thread. */
final class RecordParts {
  /** Where the last complete record ends. */
  long soundBytes;

  /** Where the record begins that is not complete. */
  long offset;

  /** The place in the block that is looked at. */
  int badAt;

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private boolean open;

  /** Whether a record has begun and not ended. */
  boolean isOpen() {
    return open;
  }

  /** What is wrong with a sound fragment that comes next. */
  Optional<String> outOfPlace(Fragment fragment) {
    boolean begins = type(fragment).beginsRecord();
    if (open && begins) {
      return Optional.of("a record begins before the one in front of it has ended");
    }
    return open || begins ? Optional.empty() : Optional.of("a record has no beginning");
  }

  /** Takes a fragment, and returns the record that it completes. */
  Optional<LogWalk.Entry> add(Fragment fragment, long blockStart) {
    FragmentType type = type(fragment);
    if (type.beginsRecord()) {
      open = true;
      offset = blockStart + fragment.start();
      content.reset();
    }
    content.write(fragment.block(), fragment.contentStart(), fragment.length());
    if (!type.endsRecord()) {
      return Optional.empty();
    }
    open = false;
    soundBytes = blockStart + fragment.end();
    return Optional.of(new LogWalk.Entry(offset, soundBytes, content.toByteArray()));
  }

  /** Forgets the record that has begun. */
  void abandon() {
    open = false;
  }

  private static FragmentType type(Fragment fragment) {
    return FragmentType.of(fragment.type()).orElseThrow();
  }
}

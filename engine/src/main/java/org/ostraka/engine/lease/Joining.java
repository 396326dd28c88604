package org.ostraka.engine.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/**
 * The joining of a server, by which the format of the store is raised: no server that lives may
 * find rows that it does not read. Every server that joins writes the row of the format, so that
 * whoever raises it knows all servers. One thread.
 */
final class Joining {
  private final Store store;
  private final SharedFormat format;
  private final String name;
  private final Supplier<List<LeaseRows.Beat>> others;
  private final Runnable pause;

  /** The first beats of servers that do not read the format. */
  private final Map<String, Version> old = new HashMap<>();

  /**
   * Makes the joining of a server.
   *
   * @param others returns the beats of the other servers, and ends the terms of silent ones
   * @param pause waits for a moment before they are asked for again
   */
  Joining(
      Store store,
      SharedFormat format,
      String name,
      Supplier<List<LeaseRows.Beat>> others,
      Runnable pause) {
    this.store = store;
    this.format = format;
    this.name = name;
    this.others = others;
    this.pause = pause;
  }

  /**
   * Writes the rows of the server, its first beat among them.
   *
   * @throws StorageFailedException when it does not read the store's format, or another server that
   *     lives does not read what this one writes
   */
  void join(Write beat) {
    boolean hasJoined = false;
    while (!hasJoined) {
      Optional<Row> row = store.read(LeaseRows.format(), Consistency.STRONG);
      format.requireReads(row);
      if (LeaseRows.format(row) >= format.written() || allOthersRead()) {
        hasJoined = enter(row, beat);
      } else {
        pause.run();
      }
    }
  }

  /** Returns whether all other servers read the format; refuses when one that does not is alive. */
  private boolean allOthersRead() {
    boolean allRead = true;
    for (LeaseRows.Beat beat : others.get()) {
      String server = beat.server();
      if (reads(server)) {
        continue;
      }
      allRead = false;
      if (!old.computeIfAbsent(server, _ -> beat.version()).equals(beat.version())) {
        throw new StorageFailedException(
            ("this program writes format %d, which the running server %s does not read: first"
                    + " replace all servers by the version before, which reads it")
                .formatted(format.written(), server));
      }
    }
    return allRead;
  }

  private boolean reads(String server) {
    return LeaseRows.format(store.read(LeaseRows.reads(server), Consistency.STRONG))
        >= format.written();
  }

  /** Writes the rows, unless another server has joined since the row of the format was read. */
  private boolean enter(Optional<Row> read, Write beat) {
    int version = Math.max(LeaseRows.format(read), format.written());
    List<Write> writes =
        List.of(
            new Write.Put(LeaseRows.member(name), LeaseRows.holder(name)),
            beat,
            new Write.Put(LeaseRows.reads(name), LeaseRows.format(format.read())),
            new Write.Put(LeaseRows.format(), LeaseRows.format(version)));
    List<RowKey> keys = new ArrayList<>(LeaseRows.ofServer(name));
    keys.add(LeaseRows.format());
    return store.transact(
        keys,
        rows ->
            rows.row(LeaseRows.format()).map(Row::version).equals(read.map(Row::version))
                ? new Verdict<>(true, writes)
                : Verdict.unchanged(false));
  }
}

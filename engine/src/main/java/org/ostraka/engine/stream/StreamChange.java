package org.ostraka.engine.stream;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.ChangeLog;
import org.ostraka.engine.catalogue.LogShard;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.model.LatestStream;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.StreamSpecification;
import org.ostraka.storage.Space;

/**
 * Enables and disables the stream of a table. Stateless.
 *
 * <p>The texts are those of finding Q-442 (October 2026; docs/compatibility.md explains these
 * sources).
 */
public final class StreamChange {
  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private StreamChange() {}

  /**
   * Returns what a new table's stream shows; empty when it gets none.
   *
   * @throws ValidationException when the request contradicts itself
   */
  public static Optional<StreamViewType> ofCreation(@Nullable StreamSpecification wanted) {
    if (wanted == null) {
      return Optional.empty();
    }
    if (wanted.enabled() && wanted.viewType() == null) {
      throw ValidationException.ofParameters(
          "Table is being created with a stream enabled, UpdateViewType is required");
    }
    if (!wanted.enabled() && wanted.viewType() != null) {
      throw ValidationException.ofParameters(
          "Table is being created with a stream disabled, UpdateViewType should not be specified");
    }
    return Optional.ofNullable(wanted.viewType());
  }

  /**
   * Refuses a change that contradicts itself.
   *
   * @throws ValidationException when the request contradicts itself
   */
  public static void requireConsistent(StreamSpecification wanted) {
    if (wanted.enabled() && wanted.viewType() == null) {
      throw ValidationException.ofParameters(
          "If stream is being enabled then UpdateViewType is required");
    }
    if (!wanted.enabled() && wanted.viewType() != null) {
      throw ValidationException.ofParameters(
          "If stream is being disabled, then UpdateViewType must not be specified");
    }
  }

  /**
   * Refuses to enable a stream that is enabled, and to disable one that is not.
   *
   * @throws ValidationException when there is nothing to change
   */
  public static void requireEffect(TableDescription table, StreamSpecification wanted) {
    boolean enabled = table.stream().filter(LatestStream::isEnabled).isPresent();
    if (wanted.enabled() && enabled) {
      throw new ValidationException(
          "Table already has an enabled stream: TableName: " + table.name());
    }
    if (!wanted.enabled() && !enabled) {
      throw new ValidationException("Table has no stream to disable: TableName: " + table.name());
    }
  }

  /** Returns the stream that a table has after a change. */
  public static LatestStream after(
      Optional<LatestStream> before, StreamSpecification wanted, Instant now) {
    return wanted.enabled()
        ? enabled(before, Objects.requireNonNull(wanted.viewType()), now)
        : before.orElseThrow().disabled();
  }

  /** Returns a stream that is enabled now; its label is later than that of the one before. */
  public static LatestStream enabled(
      Optional<LatestStream> before, StreamViewType viewType, Instant now) {
    String label = LABEL.format(now);
    boolean taken = before.filter(stream -> stream.label().compareTo(label) >= 0).isPresent();
    return taken
        ? enabled(before, viewType, now.plusMillis(1))
        : new LatestStream(label, Optional.of(viewType));
  }

  /**
   * Returns a table with new shards for what its readers need: none when nobody reads.
   *
   * @param next the first space of the shards
   * @param firsts the lowest hashes of the shards
   */
  public static TableRecord withShards(
      TableRecord record, Space next, List<Long> firsts, Instant now) {
    return record.withChanges(
        record.imagesForReaders().map(images -> new ChangeLog(shards(next, firsts, now), images)));
  }

  /**
   * Returns a table that records its changes as its readers need them now: not at all when nobody
   * reads; with new shards when it did not record them, or recorded something else.
   *
   * @param next the first space of new shards
   */
  public static TableRecord withNeededShards(
      TableRecord record, Space next, StreamSettings settings, Instant now) {
    Optional<ChangeLog> log = record.spaces().changes();
    return log.map(ChangeLog::images).equals(record.imagesForReaders())
        ? record
        : withShards(record, next, firsts(record, settings), now);
  }

  /**
   * Returns the lowest hashes of a table's next shards: those of its present ones, or as many as
   * the table should have. The size decides nothing here: shards split later when there are too
   * few.
   */
  public static List<Long> firsts(TableRecord record, StreamSettings settings) {
    return record
        .spaces()
        .changes()
        .map(ChangeLog::firsts)
        .orElseGet(
            () -> ChangeLog.parts(Partitions.of(record.description(), TableSize.EMPTY, settings)));
  }

  private static List<LogShard> shards(Space next, List<Long> firsts, Instant now) {
    List<LogShard> shards = new ArrayList<>();
    for (long first : firsts) {
      shards.add(new LogShard(new Space(next.id() + shards.size()), first, now));
    }
    return shards;
  }
}

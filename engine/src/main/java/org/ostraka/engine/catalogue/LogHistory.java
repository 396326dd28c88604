package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ostraka.model.LatestStream;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableKey;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Space;

/**
 * The streams and the shards that the tables of one name have, or had so recently that they can
 * still be read. It outlives the tables. Immutable.
 *
 * @param streams the streams, in the order in which they were enabled
 * @param shards the shards, in the order in which they were opened
 */
public record LogHistory(List<Stream> streams, List<Shard> shards) {
  /** Neither streams nor shards. */
  public static final LogHistory NONE = new LogHistory(List.of(), List.of());

  public LogHistory {
    streams = List.copyOf(streams);
    shards = List.copyOf(shards);
  }

  /**
   * A stream. Immutable.
   *
   * @param table the id of its table, which may be deleted
   * @param key the key of the table
   * @param disabled when it was disabled; absent while it is enabled
   */
  public record Stream(
      String label,
      UUID table,
      StreamViewType viewType,
      Instant enabled,
      TableKey key,
      Optional<Instant> disabled) {
    private Stream disabled(Instant now) {
      return new Stream(label, table, viewType, enabled, key, Optional.of(now));
    }
  }

  /**
   * A shard. Immutable.
   *
   * @param parent the space of the shard that took the changes of these items before
   * @param stream the label of the stream that shows the shard; absent if no stream does
   * @param closed when it took its last change; absent while it is open
   */
  public record Shard(
      LogShard log, Optional<Space> parent, Optional<String> stream, Optional<Instant> closed) {
    public Space space() {
      return log.space();
    }

    public LogId id() {
      return log.id();
    }

    private boolean isOpen() {
      return closed.isEmpty();
    }

    private Shard closed(Instant now) {
      return new Shard(log, parent, stream, Optional.of(now));
    }
  }

  public boolean isEmpty() {
    return streams.isEmpty() && shards.isEmpty();
  }

  /** Returns the newest stream with a label. */
  public Optional<Stream> stream(String label) {
    return streams.reversed().stream().filter(stream -> stream.label().equals(label)).findFirst();
  }

  /** Returns the shards that a stream shows, older ones first. */
  public List<Shard> shardsOf(Stream stream) {
    Optional<String> label = Optional.of(stream.label());
    return shards.stream().filter(shard -> shard.stream().equals(label)).toList();
  }

  /** Returns the history without streams and shards that can no longer be read. */
  public LogHistory without(Set<Space> dropped, Set<String> forgotten) {
    return new LogHistory(
        streams.stream().filter(stream -> !forgotten.contains(stream.label())).toList(),
        shards.stream().filter(shard -> !dropped.contains(shard.space())).toList());
  }

  /**
   * Returns the history after a change of the table's record. Streams and shards that the record no
   * longer has are closed; those that it has newly are added.
   *
   * @param next the table's record; absent when there is no table of this name any more
   * @param now when the record changes
   */
  LogHistory after(Optional<TableRecord> next, Instant now) {
    Optional<Stream> stream = next.flatMap(record -> stream(record, now));
    List<LogShard> open =
        next.flatMap(record -> record.spaces().changes()).map(ChangeLog::shards).orElse(List.of());
    return new LogHistory(
        streamsAfter(stream, now), shardsAfter(open, stream.map(Stream::label), now));
  }

  private static Optional<Stream> stream(TableRecord record, Instant now) {
    return record.description().stream()
        .filter(LatestStream::isEnabled)
        .map(latest ->
            new Stream(
                latest.label(),
                record.description().id(),
                latest.viewType().orElseThrow(),
                now,
                record.description().key(),
                Optional.empty()));
  }

  private List<Stream> streamsAfter(Optional<Stream> enabled, Instant now) {
    List<Stream> after = new ArrayList<>();
    boolean known = false;
    for (Stream stream : streams) {
      boolean goesOn =
          stream.disabled().isEmpty()
              && enabled
                  .filter(other ->
                      other.label().equals(stream.label()) && other.table().equals(stream.table()))
                  .isPresent();
      known |= goesOn;
      after.add(goesOn || stream.disabled().isPresent() ? stream : stream.disabled(now));
    }
    if (!known) {
      enabled.ifPresent(after::add);
    }
    return after;
  }

  private List<Shard> shardsAfter(List<LogShard> open, Optional<String> stream, Instant now) {
    Set<Space> spaces = open.stream().map(LogShard::space).collect(Collectors.toSet());
    Set<Space> known = shards.stream().map(Shard::space).collect(Collectors.toSet());
    List<LogShard> closing =
        shards.stream()
            .filter(shard -> shard.isOpen() && !spaces.contains(shard.space()))
            .map(Shard::log)
            .sorted((a, b) -> Long.compare(a.first(), b.first()))
            .toList();
    List<Shard> after = new ArrayList<>();
    for (Shard shard : shards) {
      after.add(closing.contains(shard.log()) ? shard.closed(now) : shard);
    }
    for (LogShard log : open) {
      if (!known.contains(log.space())) {
        after.add(new Shard(log, parent(closing, log), stream, Optional.empty()));
      }
    }
    return after;
  }

  private static Optional<Space> parent(List<LogShard> closing, LogShard child) {
    return closing.isEmpty()
        ? Optional.empty()
        : Optional.of(ChangeLog.covering(closing, child.first()).space());
  }
}

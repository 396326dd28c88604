package org.ostraka.cli.copy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;

/**
 * The file that says how far a copy has come, so that a copy that was stopped goes on. It is
 * written at most once a second and at the end of each phase, as a whole: what is done again after
 * a stop writes the same items. Any thread.
 */
final class StateFile {
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
  private static final String VERSION = "version";
  private static final long THIS_VERSION = 1;
  private static final String WHAT = "copy";
  private static final String SEGMENTS = "segments";
  private static final String SHARDS = "shards";
  private static final String DONE = "done";
  private static final String ENDED = "ended";

  private final Path path;
  private final String what;
  private final InstantSource clock;
  private CopyState state;
  private Instant written;

  private StateFile(Path path, String what, InstantSource clock, CopyState state) {
    this.path = path;
    this.what = what;
    this.clock = clock;
    this.state = state;
    this.written = clock.instant();
  }

  /** Makes the file of a copy that begins. */
  static StateFile begin(Path path, String what, InstantSource clock, CopyState state) {
    StateFile file = new StateFile(path, what, clock, state);
    file.write();
    return file;
  }

  /**
   * Reads the file of a copy that was stopped; empty when there is none.
   *
   * @param what source, target and tables, which must be those of the file
   * @throws CopyException when the file cannot be read, or is of another copy
   */
  static Optional<StateFile> existing(Path path, String what, InstantSource clock) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      JsonValue text = JsonText.parse(Files.readAllBytes(path));
      if (number(text, VERSION) != THIS_VERSION) {
        throw new CopyException(path + " is the state of a copy by another version");
      }
      String other = Json.string(text, WHAT);
      if (!other.equals(what)) {
        throw new CopyException(path + " is the state of another copy: " + other);
      }
      return Optional.of(new StateFile(path, what, clock, parsed(text)));
    } catch (IOException | JsonSyntaxException | NumberFormatException unreadable) {
      throw new CopyException(path + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  synchronized CopyState state() {
    return state;
  }

  /** Changes the state; the file has it within a second of changes, or after {@link #write}. */
  synchronized void change(UnaryOperator<CopyState> change) {
    state = change.apply(state);
    if (Duration.between(written, clock.instant()).compareTo(BETWEEN_WRITES) >= 0) {
      write();
    }
  }

  synchronized void write() {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try {
      Files.write(next, JsonText.bytes(text(state)));
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new CopyException(path + " cannot be written: " + failed.getMessage(), failed);
    }
    written = clock.instant();
  }

  synchronized void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException failed) {
      throw new CopyException(path + " cannot be deleted: " + failed.getMessage(), failed);
    }
  }

  private JsonValue text(CopyState state) {
    Map<String, JsonValue> text = new LinkedHashMap<>();
    text.put(VERSION, Json.number(THIS_VERSION));
    text.put(WHAT, Json.text(what));
    text.put("sourceId", Json.text(state.sourceId()));
    text.put("targetId", Json.text(state.targetId()));
    text.put("begunMillis", Json.number(state.begunMillis()));
    text.put("stream", Json.text(state.stream()));
    text.put("items", Json.number(state.items()));
    Map<String, JsonValue> segments = new LinkedHashMap<>();
    state
        .segments()
        .forEach((number, key) -> segments.put(number.toString(), key.orElse(Json.text(DONE))));
    text.put(SEGMENTS, new JsonValue.Members(segments));
    Map<String, JsonValue> shards = new LinkedHashMap<>();
    state
        .shards()
        .forEach((id, at) -> shards.put(id, Json.text(at.isEnded() ? ENDED : at.after())));
    text.put(SHARDS, new JsonValue.Members(shards));
    return new JsonValue.Members(text);
  }

  private static CopyState parsed(JsonValue text) {
    Map<Integer, Optional<JsonValue>> segments = new LinkedHashMap<>();
    Json.members(Json.member(text, SEGMENTS))
        .forEach((number, key) ->
            segments.put(
                Integer.valueOf(number),
                Optional.of(key).filter(JsonValue.Members.class::isInstance)));
    Map<String, ShardPosition> shards = new LinkedHashMap<>();
    Json.members(Json.member(text, SHARDS))
        .forEach((id, at) ->
            shards.put(
                id,
                at.equals(Json.text(ENDED))
                    ? ShardPosition.ENDED
                    : new ShardPosition(Json.string(Json.object(id, at), id), false)));
    return new CopyState(
        Json.string(text, "sourceId"),
        Json.string(text, "targetId"),
        number(text, "begunMillis"),
        Json.string(text, "stream"),
        segments,
        shards,
        number(text, "items"));
  }

  private static long number(JsonValue text, String name) {
    return Json.optionalNumber(text, name)
        .map(BigDecimal::longValue)
        .orElseThrow(() -> new CopyException("a state file lacks the number " + name));
  }
}

package org.ostraka.cli.copy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/**
 * A copy of a table: the scan, then the changes since it began, in the order of the source's
 * stream, then the comparison. One thread runs it.
 */
public final class CopyRun {
  /** A stream keeps records for 24 hours; this leaves time to read them. */
  private static final Duration LONGEST_SCAN = Duration.ofHours(23);

  private static final int REREADS_WITH_TAIL = 10;
  private static final int REREADS_WITHOUT_TAIL = 3;
  private static final int REPAIRS = 3;

  private final CopyPlan plan;
  private final Endpoint source;
  private final Endpoint target;
  private final Machine machine;
  private final Progress progress;
  private final Consumer<String> said;

  /** The clock, pauses, threads and chance that a copy uses. */
  public record Machine(
      InstantSource clock, Pause pause, ThreadFactory threads, RandomGenerator random) {}

  /**
   * Makes a copy.
   *
   * @param said takes lines for the user, as they become true
   */
  public CopyRun(
      CopyPlan plan,
      Endpoint source,
      Endpoint target,
      Machine machine,
      Progress progress,
      Consumer<String> said) {
    this.plan = plan;
    this.source = source;
    this.target = target;
    this.machine = machine;
    this.progress = progress;
    this.said = said;
  }

  /**
   * Copies and compares; returns whether both sides have the same items.
   *
   * @throws CopyException when the copy cannot begin or go on, or another one has its state file
   * @throws EndpointException when an endpoint refuses, or does not answer for minutes
   */
  public boolean run() {
    TableDescription shown = describedSource();
    refuseSameTable(shown);
    if (plan.verifyOnly()) {
      return verified(sides(shown), shown.itemCount(), REREADS_WITHOUT_TAIL);
    }
    try (StateLock lock = StateLock.take(plan.state())) {
      return copied(shown, lock);
    }
  }

  private boolean copied(TableDescription shown, StateLock lock) {
    StateFile file =
        StateFile.existing(plan.state(), plan.name(), machine.clock())
            .map(existing -> resumed(existing, shown))
            .orElseGet(() -> begun(shown));
    Sides sides = sides(shown);
    scan(sides, file, shown.itemCount());
    if (file.state().stream().isEmpty()) {
      boolean isSame = verified(sides, file.state().items(), REREADS_WITHOUT_TAIL);
      file.delete();
      lock.delete();
      return isSame;
    }
    return tailed(sides, file);
  }

  /** The two tables, with endpoints that are asked again while they are busy. */
  private record Sides(Table source, Table target, Endpoint streams, Rate rate, KeyTurns turns) {
    ChangeWriter writer(Instant since) {
      return new ChangeWriter(source, target, rate, since, turns);
    }
  }

  private Sides sides(TableDescription shown) {
    Endpoint left = patient(source);
    return new Sides(
        new Table(left, plan.table(), shown.keyNames(), machine.pause()),
        new Table(patient(target), plan.targetTable(), shown.keyNames(), machine.pause()),
        left,
        new Rate(plan.itemsPerSecond(), machine.clock(), machine.pause()),
        new KeyTurns());
  }

  private Endpoint patient(Endpoint endpoint) {
    return new PatientEndpoint(endpoint, machine.pause(), machine.random());
  }

  private TableDescription describedSource() {
    return TableDescription.of(source, plan.table())
        .orElseThrow(() -> new CopyException(plan.source() + " has no table " + plan.table()));
  }

  /** Refuses a copy to itself, which the names of the endpoints do not show. */
  private void refuseSameTable(TableDescription shown) {
    boolean isSame =
        TableDescription.of(target, plan.targetTable())
            .map(TableDescription::id)
            .filter(id -> !id.isEmpty() && id.equals(shown.id()))
            .isPresent();
    if (isSame) {
      throw new CopyException("source and target are the same table");
    }
  }

  private StateFile resumed(StateFile file, TableDescription shown) {
    CopyState state = file.state();
    String targetId =
        TableDescription.of(target, plan.targetTable()).map(TableDescription::id).orElse("none");
    if (!state.sourceId().equals(shown.id()) || !state.targetId().equals(targetId)) {
      throw new CopyException(
          plan.state() + " is of tables that were made anew since; delete it and copy anew");
    }
    refuseOtherStream(state, shown);
    said.accept("going on after " + state.items() + " items, as " + plan.state() + " says");
    return file;
  }

  /** Refuses to go on when changes since the beginning are not in the stream. */
  private void refuseOtherStream(CopyState state, TableDescription shown) {
    if (plan.tail() && state.stream().isEmpty()) {
      throw new CopyException(
          plan.state() + " is of a copy with --no-tail; go on with it, or delete the file");
    }
    boolean isOn =
        shown.hasStream() && shown.streamArn().filter(state.stream()::equals).isPresent();
    if (!state.stream().isEmpty() && !isOn) {
      throw new CopyException(
          "the source's stream was switched off since the copy began, so changes are missing;"
              + " delete "
              + plan.state()
              + " and copy anew");
    }
  }

  private StateFile begun(TableDescription shown) {
    TableDescription at = TargetTable.prepared(target, plan, shown, machine.pause(), said);
    TableDescription followed = shown;
    if (plan.tail() && !shown.hasStream()) {
      followed = SourceStream.enable(source, plan.table(), machine.pause());
      said.accept("the source's stream was off; it is on now, and stays on");
    }
    Map<String, ShardPosition> shards = new LinkedHashMap<>();
    Instant now = machine.clock().instant();
    String arn = plan.tail() ? followed.streamArn().orElse("") : "";
    if (!arn.isEmpty()) {
      SourceStream stream = new SourceStream(source, arn);
      stream.awaitEnabled(machine.pause());
      stream
          .shards()
          .forEach(shard ->
              shards.put(
                  shard.id(), shard.isClosed() ? ShardPosition.ENDED : ShardPosition.BEGINNING));
    }
    Map<Integer, Optional<JsonValue>> segments = new LinkedHashMap<>();
    for (int i = 0; i < plan.segments(); i++) {
      segments.put(i, Optional.of(CopyState.BEGINNING));
    }
    CopyState state =
        new CopyState(shown.id(), at.id(), now.toEpochMilli(), arn, segments, shards, 0);
    return StateFile.begin(plan.state(), plan.name(), machine.clock(), state);
  }

  private void scan(Sides sides, StateFile file, long items) {
    if (file.state().isScanned()) {
      return;
    }
    progress.begin(items);
    List<Runnable> tasks = new ArrayList<>();
    file.state()
        .segments()
        .forEach((segment, from) ->
            from.ifPresent(key -> tasks.add(() -> segment(sides, file, segment, key))));
    new Workers(machine.threads()).runAll(tasks);
    file.write();
    said.accept(file.state().items() + " items copied");
  }

  private void segment(Sides sides, StateFile file, int segment, JsonValue begin) {
    int segments = file.state().segments().size();
    Optional<JsonValue> from = Optional.of(begin);
    while (from.isPresent()) {
      Table.Page page = sides.source().page(segment, segments, from.get());
      sides.target().write(page.items().stream().map(Table::put).toList(), sides.rate());
      from = page.next();
      Optional<JsonValue> reached = from;
      file.change(state -> state.reached(segment, reached, page.items().size()));
      progress.scanned(page.items().size());
    }
  }

  private boolean tailed(Sides sides, StateFile file) {
    CopyState state = file.state();
    Instant begun = Instant.ofEpochMilli(state.begunMillis());
    Instant now = machine.clock().instant();
    refuseLateTail(state, begun, now);
    ChangeWriter writer = sides.writer(begun);
    SourceStream stream = new SourceStream(sides.streams(), state.stream());
    progress.begin(0);
    try (StreamTail tail =
        new StreamTail(
            new Following(stream, file, writer, progress, machine.pause()),
            machine.threads(),
            now)) {
      tail.awaitCaughtUp();
      said.accept(progress.followed() + " changes followed");
      boolean isSame = verified(sides, state.items(), REREADS_WITH_TAIL);
      if (plan.follow()) {
        said.accept("following the source's stream until this is stopped");
        tail.follow();
      }
      return isSame;
    }
  }

  /** Refuses to begin with a stream whose first records may be gone. */
  private static void refuseLateTail(CopyState state, Instant begun, Instant now) {
    boolean isUnread = state.shards().values().stream().allMatch(at -> at.after().isEmpty());
    if (isUnread && Duration.between(begun, now).compareTo(LONGEST_SCAN) > 0) {
      throw new CopyException(
          "the scan began more than "
              + LONGEST_SCAN.toHours()
              + " hours ago, and the stream keeps changes for 24; delete the state file and copy"
              + " anew, with more --segments");
    }
  }

  private boolean verified(Sides sides, long items, int rereads) {
    Verification verification =
        new Verification(
            sides.source(),
            sides.target(),
            plan.segments(),
            rereads,
            new Workers(machine.threads()),
            machine.pause(),
            progress);
    ChangeWriter writer = sides.writer(Instant.EPOCH);
    Verification.Found repairing =
        some -> writer.repair(some.stream().map(Difference::key).toList());
    Verification.Result result = verification.run(items, plan.repair() ? repairing : this::report);
    for (int i = 1; plan.repair() && result.differences() > 0 && i <= REPAIRS; i++) {
      said.accept(result.differences() + " items repaired");
      result = verification.run(items, i < REPAIRS ? repairing : this::report);
    }
    report(result);
    return result.differences() == 0 && result.moving() == 0;
  }

  private synchronized void report(List<Difference> differences) {
    differences.forEach(each -> said.accept(KeyText.of(each.key()) + " " + each.kind().said()));
  }

  private void report(Verification.Result result) {
    if (result.moving() > 0) {
      said.accept(result.moving() + " items changed too fast at the source to be compared");
    }
    said.accept(
        result.sourceItems()
            + " items at the source, "
            + result.targetItems()
            + " at the target: "
            + (result.differences() == 0 ? "no" : result.differences())
            + " differences");
  }
}

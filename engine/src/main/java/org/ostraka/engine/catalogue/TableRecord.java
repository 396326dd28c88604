package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ostraka.engine.insight.ContributorInsights;
import org.ostraka.model.Index;
import org.ostraka.model.IndexName;
import org.ostraka.model.LatestStream;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.Tags;
import org.ostraka.storage.Space;

/**
 * The record that the catalogue stores of a table: its present state and its next one. Immutable.
 *
 * @param spaces the spaces of the table's rows
 * @param description the table until its transition is over
 * @param transition what the table is changing to; absent when it is not changing
 * @param classUpdates the times within the last 30 days at which the table's class was changed
 * @param encryptionUpdates the times at which the table's encryption was changed within its current
 *     window; see {@code engine.encryption}
 * @param tags the table's tags, which do not belong to its description
 * @param timeToLive whether items expire; absent when that was never changed
 * @param destinations the Kinesis data streams to which the table's changes are sent
 * @param policies the resource-based policies of the table and of its streams
 * @param recovery how the table is backed up, and what it is restored from
 * @param insights whether the keys are counted that are accessed and throttled most
 */
public record TableRecord(
    TableSpaces spaces,
    TableDescription description,
    Optional<Transition> transition,
    List<Instant> classUpdates,
    List<Instant> encryptionUpdates,
    Tags tags,
    Optional<TimeToLive> timeToLive,
    StreamingDestinations destinations,
    ResourcePolicies policies,
    Recovery recovery,
    ContributorInsights insights) {
  public TableRecord {
    classUpdates = List.copyOf(classUpdates);
    encryptionUpdates = List.copyOf(encryptionUpdates);
    if (spaces.collections().isPresent() == description.localIndexes().isEmpty()) {
      throw new IllegalArgumentException("a table has collections if it has local indexes");
    }
  }

  /** Makes the record of a new table. */
  public TableRecord(TableSpaces spaces, TableDescription description) {
    this(
        spaces,
        description,
        Optional.empty(),
        List.of(),
        List.of(),
        Tags.NONE,
        Optional.empty(),
        StreamingDestinations.NONE,
        ResourcePolicies.NONE,
        Recovery.NONE,
        ContributorInsights.NONE);
  }

  /** Returns the space of the table's items. */
  public Space items() {
    return spaces.items();
  }

  /** Returns the space of the rows of each index. */
  public Map<IndexName, Space> indexes() {
    return spaces.indexes();
  }

  /** Returns the spaces of indexes that the table no longer has. */
  public List<Space> discarded() {
    return spaces.discarded();
  }

  /** Returns all spaces that hold rows or log records of the table. */
  List<Space> allSpaces() {
    List<Space> all = new ArrayList<>(spacesOfRows());
    all.addAll(spaces.logs());
    return all;
  }

  /** Returns the spaces that are dropped with the table: all but those of the logs. */
  List<Space> spacesOfRows() {
    List<Space> rows = new ArrayList<>(spaces.rows());
    timeToLive.flatMap(TimeToLive::space).ifPresent(rows::add);
    return rows;
  }

  /** Returns the space of the sizes of item collections. */
  public Optional<Space> collections() {
    return spaces.collections();
  }

  /**
   * A change that takes time.
   *
   * @param due when it is over
   * @param after the table from then on; absent when it is deleted then
   */
  public record Transition(Instant due, Optional<TableDescription> after) {}

  /**
   * Returns the record as of a moment, after its transition if that is over then; empty when the
   * table is deleted by then.
   */
  Optional<TableRecord> at(Instant now) {
    return isOver(now)
        ? transition.flatMap(Transition::after).map(this::afterTransition)
        : Optional.of(this);
  }

  /**
   * Returns whether the table's transition is over; false when it has none. A deletion is not over
   * while a backup of the table is being made.
   */
  boolean isOver(Instant now) {
    return transition
        .filter(under -> !now.isBefore(under.due()))
        .filter(under -> under.after().isPresent() || recovery.holds().isEmpty())
        .isPresent();
  }

  /**
   * Returns the table after its transition, with the spaces of indexes that the transition removed
   * among the discarded ones.
   */
  private TableRecord afterTransition(TableDescription after) {
    Set<IndexName> names = new HashSet<>(after.indexes().stream().map(Index::name).toList());
    Map<IndexName, Space> kept = new HashMap<>(indexes());
    kept.keySet().retainAll(names);
    List<Space> gone = new ArrayList<>(discarded());
    indexes()
        .forEach((name, space) -> {
          if (!names.contains(name)) {
            gone.add(space);
          }
        });
    return new TableRecord(
        spaces.withIndexes(kept, gone),
        after,
        Optional.empty(),
        classUpdates,
        encryptionUpdates,
        tags,
        timeToLive,
        destinations,
        policies,
        recovery,
        insights.keeping(names));
  }

  /**
   * Returns the table with a change in progress. A change that is already in progress ends at the
   * same time.
   *
   * @param due when the change is over
   */
  public TableRecord changing(Effect effect, Instant due) {
    TableDescription end = transition.flatMap(Transition::after).orElse(description);
    return with(
        effect.meanwhile().apply(description),
        Optional.of(new Transition(due, Optional.of(effect.after().apply(end)))));
  }

  /** Returns whether an index is being added to the table. */
  boolean isBuilding() {
    return isBuilding(description);
  }

  /**
   * Returns whether an index is being built, of the table or of expiry times, now or once the
   * table's transition is over.
   */
  boolean mayBuild() {
    return isBuilding()
        || timeToLive.filter(TimeToLive::isBuilding).isPresent()
        || transition.flatMap(Transition::after).filter(TableRecord::isBuilding).isPresent();
  }

  private static boolean isBuilding(TableDescription table) {
    return table.globalIndexes().stream().anyMatch(index -> index.backfilling().isPresent());
  }

  /** Returns the table while it is being deleted. */
  public TableRecord vanishing(Instant due) {
    return with(
        description.withStatus(TableStatus.DELETING),
        Optional.of(new Transition(due, Optional.empty())));
  }

  /** Returns the table with another description, both now and after a change in progress. */
  public TableRecord with(UnaryOperator<TableDescription> change) {
    return with(
        change.apply(description),
        transition.map(under -> new Transition(under.due(), under.after().map(change))));
  }

  /** Returns the table with a space for one more index. */
  public TableRecord withIndex(IndexName name, Space space) {
    return with(spaces.withIndex(name, space));
  }

  /** Returns the table without spaces of discarded indexes that were dropped. */
  TableRecord withoutDiscarded(Collection<Space> dropped) {
    List<Space> left = discarded().stream().filter(space -> !dropped.contains(space)).toList();
    return with(spaces.withIndexes(indexes(), left));
  }

  /**
   * Returns the table whose deletions leave tombstones in this space from now on; none when empty.
   */
  public TableRecord withTombstones(Optional<Space> space) {
    return with(spaces.withTombstones(space));
  }

  /**
   * Returns the table whose items' changes are recorded in this log from now on; in none when
   * empty.
   */
  public TableRecord withChanges(Optional<ChangeLog> log) {
    return with(spaces.withChanges(log));
  }

  /** Returns the table without tombstones; their space is among the discarded ones. */
  public TableRecord withoutTombstones() {
    List<Space> gone = new ArrayList<>(discarded());
    spaces.tombstones().ifPresent(gone::add);
    return with(spaces.withIndexes(indexes(), gone).withTombstones(Optional.empty()));
  }

  /**
   * Returns what the records of the table's changes must show for those who read them; empty when
   * nobody does. A Kinesis data stream, other regions and the archive get both images.
   */
  public Optional<StreamViewType> imagesForReaders() {
    return destinations.hasDelivering()
            || description.global().isPresent()
            || recovery.needsChanges()
        ? Optional.of(StreamViewType.NEW_AND_OLD_IMAGES)
        : description.stream().flatMap(LatestStream::viewType);
  }

  /**
   * Returns the table with another time to live. The space of the present index is among the
   * discarded ones unless the next one has it too.
   */
  public TableRecord withTimeToLive(TimeToLive next) {
    List<Space> gone = new ArrayList<>(discarded());
    timeToLive
        .flatMap(TimeToLive::space)
        .filter(space -> !next.space().equals(Optional.of(space)))
        .ifPresent(gone::add);
    return new TableRecord(
        spaces.withIndexes(indexes(), gone),
        description,
        transition,
        classUpdates,
        encryptionUpdates,
        tags,
        Optional.of(next),
        destinations,
        policies,
        recovery,
        insights);
  }

  public TableRecord withClassUpdates(List<Instant> updates) {
    return new TableRecord(
        spaces,
        description,
        transition,
        updates,
        encryptionUpdates,
        tags,
        timeToLive,
        destinations,
        policies,
        recovery,
        insights);
  }

  public TableRecord withEncryptionUpdates(List<Instant> updates) {
    return new TableRecord(
        spaces,
        description,
        transition,
        classUpdates,
        updates,
        tags,
        timeToLive,
        destinations,
        policies,
        recovery,
        insights);
  }

  public TableRecord withTags(Tags next) {
    return new TableRecord(
        spaces,
        description,
        transition,
        classUpdates,
        encryptionUpdates,
        next,
        timeToLive,
        destinations,
        policies,
        recovery,
        insights);
  }

  public TableRecord withDestinations(StreamingDestinations next) {
    return new TableRecord(
        spaces,
        description,
        transition,
        classUpdates,
        encryptionUpdates,
        tags,
        timeToLive,
        next,
        policies,
        recovery,
        insights);
  }

  public TableRecord withPolicies(ResourcePolicies next) {
    return new TableRecord(
        spaces,
        description,
        transition,
        classUpdates,
        encryptionUpdates,
        tags,
        timeToLive,
        destinations,
        next,
        recovery,
        insights);
  }

  public TableRecord withRecovery(Recovery next) {
    return new TableRecord(
        spaces,
        description,
        transition,
        classUpdates,
        encryptionUpdates,
        tags,
        timeToLive,
        destinations,
        policies,
        next,
        insights);
  }

  public TableRecord withInsights(ContributorInsights next) {
    return new TableRecord(
        spaces,
        description,
        transition,
        classUpdates,
        encryptionUpdates,
        tags,
        timeToLive,
        destinations,
        policies,
        recovery,
        next);
  }

  public TableRecord with(TableSpaces next) {
    return new TableRecord(
        next,
        description,
        transition,
        classUpdates,
        encryptionUpdates,
        tags,
        timeToLive,
        destinations,
        policies,
        recovery,
        insights);
  }

  private TableRecord with(TableDescription description, Optional<Transition> transition) {
    return new TableRecord(
        spaces,
        description,
        transition,
        classUpdates,
        encryptionUpdates,
        tags,
        timeToLive,
        destinations,
        policies,
        recovery,
        insights);
  }
}

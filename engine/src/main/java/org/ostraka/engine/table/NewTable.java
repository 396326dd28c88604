package org.ostraka.engine.table;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.engine.catalogue.ChangeLog;
import org.ostraka.engine.catalogue.Effect;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableSpaces;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.stream.Partitions;
import org.ostraka.engine.stream.StreamChange;
import org.ostraka.model.BillingMode;
import org.ostraka.model.BillingModeSummary;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Index;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.model.WarmThroughput;
import org.ostraka.storage.Space;

/** The records of new tables, and of tables that are being restored. Stateless. */
public final class NewTable {
  private NewTable() {}

  /**
   * Returns the record of a table that is created.
   *
   * @param space the first of the spaces that it may use
   */
  public static TableRecord record(
      TableDescription creating, Space space, EngineSettings settings) {
    Instant due = creating.created().plus(settings.tableTransition());
    TableSpaces spaces = spaces(creating, space);
    Space next = new Space(space.id() + spaces.rows().size());
    int shards = Partitions.of(creating, TableSize.EMPTY, settings.streams());
    return StreamChange.withShards(
            new TableRecord(spaces, creating), next, ChangeLog.parts(shards), creating.created())
        .changing(new Effect(UnaryOperator.identity(), table -> active(table, due)), due);
  }

  /** Returns the spaces of the indexes, which follow the space of the items one by one. */
  private static Map<IndexName, Space> indexSpaces(TableDescription table, Space items) {
    Map<IndexName, Space> spaces = new HashMap<>();
    for (Index index : table.indexes()) {
      spaces.put(index.name(), new Space(items.id() + spaces.size() + 1));
    }
    return spaces;
  }

  /**
   * Returns the space after those of the indexes for the sizes of item collections; empty when the
   * table has no local indexes.
   */
  private static Optional<Space> collectionSpace(TableDescription table, Space items) {
    return table.localIndexes().isEmpty()
        ? Optional.empty()
        : Optional.of(new Space(items.id() + table.indexes().size() + 1));
  }

  private static TableSpaces spaces(TableDescription creating, Space space) {
    return new TableSpaces(space, indexSpaces(creating, space), collectionSpace(creating, space));
  }

  /**
   * Returns the record of a table that is going to be filled: it stays in CREATING until then.
   *
   * @param space the first of the spaces that it may use
   */
  public static TableRecord restoring(
      TableDescription creating, Space space, Recovery.Restoration from) {
    TableRecord record = new TableRecord(spaces(creating, space), creating);
    return record.withRecovery(record.recovery().withRestoration(Optional.of(from)));
  }

  /** Returns the record of a table that an import is going to fill; see {@link #restoring}. */
  public static TableRecord importing(TableDescription creating, Space space, String importArn) {
    TableRecord record = new TableRecord(spaces(creating, space), creating);
    return record.withRecovery(record.recovery().withImport(Optional.of(importArn)));
  }

  /** Returns the record of a table that has been filled. */
  public static TableRecord filled(TableRecord record, EngineSettings settings, Instant now) {
    Instant shown = record.description().created().plus(settings.tableTransition());
    Instant due = shown.isAfter(now) ? shown : now;
    return record
        .withRecovery(
            record.recovery().withRestoration(Optional.empty()).withImport(Optional.empty()))
        .changing(new Effect(UnaryOperator.identity(), table -> active(table, due)), due);
  }

  private static TableDescription active(TableDescription creating, Instant since) {
    TableDescription active = creating.withStatus(TableStatus.ACTIVE);
    return switch (creating.billing().mode()) {
      case PAY_PER_REQUEST ->
          active
              .withBilling(new BillingModeSummary(BillingMode.PAY_PER_REQUEST, Optional.of(since)))
              .withWarmThroughput(warm(creating.warmThroughput(), WarmThroughput.ON_DEMAND))
              .withGlobalIndexes(index -> active(index, WarmThroughput.ON_DEMAND));
      case PROVISIONED ->
          active
              .withWarmThroughput(warm(creating.warmThroughput(), units(creating.throughput())))
              .withGlobalIndexes(index -> active(index, units(index.throughput())));
    };
  }

  private static GlobalIndex active(GlobalIndex index, WarmThroughput least) {
    return index
        .withStatus(IndexStatus.ACTIVE)
        .withWarmThroughput(warm(index.warmThroughput(), least));
  }

  private static WarmThroughput warm(Optional<WarmThroughput> wanted, WarmThroughput least) {
    return wanted.map(WarmThroughput::afterUpdate).orElse(least);
  }

  private static WarmThroughput units(ProvisionedThroughput units) {
    return new WarmThroughput(units.readUnits(), units.writeUnits());
  }
}

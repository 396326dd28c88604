package org.ostraka.engine.region;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.BillingMode;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.GlobalTable.Setting;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.Region;
import org.ostraka.model.ReplicaSetting;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableClassSummary;

/**
 * The settings that a replica has for itself, as texts by their names ({@link ReplicaSetting}). An
 * empty text is a setting that is not set. Stateless.
 *
 * <p>Q-250, Q-252, Q-294, Q-309 and Q-422 measured which settings these are (October 2026).
 */
final class OwnSettings {
  private static final String NO_MAXIMUM = "-1";

  private OwnSettings() {}

  /**
   * Returns the settings of a table as it is.
   *
   * @param agreed what the replicas know of each other
   */
  static Map<String, String> of(TableRecord record, Map<String, Setting> agreed) {
    Region own = own(record);
    Map<String, String> settings = new TreeMap<>();
    putMaximum(
        settings,
        agreed,
        ReplicaSetting.READ_MAXIMUM.of(own),
        record.description().onDemandThroughput());
    if (hasTableClass(own, agreed)) {
      settings.put(ReplicaSetting.TABLE_CLASS.of(own), tableClass(record).name());
    }
    String key = ReplicaSetting.KEY.of(own);
    Optional<String> present =
        record.description().encryption().flatMap(EncryptionDescription::keyArn);
    if (present.isPresent() || agreed.containsKey(key)) {
      settings.put(key, present.orElse(""));
    }
    boolean provisioned = isProvisioned(record);
    if (provisioned) {
      settings.put(
          ReplicaSetting.READ_UNITS.of(own),
          Long.toString(record.description().throughput().readUnits()));
    }
    for (GlobalIndex index : record.description().globalIndexes()) {
      if (index.status() != IndexStatus.DELETING) {
        String maximum = ReplicaSetting.READ_MAXIMUM.of(own, index.name());
        putMaximum(settings, agreed, maximum, index.onDemandThroughput());
        if (provisioned) {
          settings.put(
              ReplicaSetting.READ_UNITS.of(own, index.name()),
              Long.toString(index.throughput().readUnits()));
        }
      }
    }
    return settings;
  }

  private static void putMaximum(
      Map<String, String> settings,
      Map<String, Setting> agreed,
      String name,
      OnDemandThroughput present) {
    if (present.maxReadUnits().isPresent()) {
      settings.put(name, Long.toString(present.maxReadUnits().getAsLong()));
    } else if (agreed.containsKey(name)) {
      settings.put(name, value(agreed, name).equals(NO_MAXIMUM) ? NO_MAXIMUM : "");
    }
  }

  /** Returns whether the setting is one of a region's replica that {@link #of} knows. */
  static boolean isOf(Region region, String name) {
    for (ReplicaSetting setting : ReplicaSetting.values()) {
      if (setting.isOf(region, name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a region's replica has another table class than the global table. */
  static boolean hasTableClass(Region region, Map<String, Setting> agreed) {
    return !value(agreed, ReplicaSetting.TABLE_CLASS.of(region)).isEmpty();
  }

  private static String value(Map<String, Setting> agreed, String name) {
    @Nullable Setting setting = agreed.get(name);
    return setting == null ? "" : setting.value();
  }

  /** Returns a new replica with all settings that it was given. */
  static TableRecord applied(TableRecord record, Map<String, Setting> agreed, Instant now) {
    TableRecord next = record;
    for (Map.Entry<String, Setting> each : new TreeMap<>(agreed).entrySet()) {
      if (isOf(own(record), each.getKey()) && !each.getValue().value().isEmpty()) {
        next = apply(next, each.getKey(), each.getValue().value(), now);
      }
    }
    return next;
  }

  /** Returns a table with another value of one of its own settings. */
  static TableRecord apply(TableRecord record, String name, String value, Instant now) {
    Region own = own(record);
    if (ReplicaSetting.READ_MAXIMUM.isOf(own, name)) {
      return maximum(record, index(ReplicaSetting.READ_MAXIMUM, own, name), value);
    }
    if (value.isEmpty()) {
      return record;
    }
    if (ReplicaSetting.READ_UNITS.isOf(own, name)) {
      return readUnits(record, index(ReplicaSetting.READ_UNITS, own, name), Long.parseLong(value));
    }
    if (ReplicaSetting.TABLE_CLASS.isOf(own, name)) {
      TableClassSummary next = new TableClassSummary(TableClass.valueOf(value), Optional.of(now));
      return record.with(table -> table.withTableClass(next));
    }
    EncryptionDescription key = new EncryptionDescription(Optional.of(value), false);
    return record.with(table -> table.withEncryption(Optional.of(key)));
  }

  /** Returns the index of which a setting is; empty for a setting of the table. */
  private static Optional<IndexName> index(ReplicaSetting setting, Region own, String name) {
    String table = setting.of(own);
    return name.equals(table)
        ? Optional.empty()
        : Optional.of(new IndexName(name.substring(table.length() + 1)));
  }

  private static TableRecord maximum(TableRecord record, Optional<IndexName> name, String value) {
    OptionalLong maximum =
        value.isEmpty() || value.equals(NO_MAXIMUM)
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(value));
    if (name.isEmpty()) {
      return record.with(
          table -> table.withOnDemandThroughput(withReads(table.onDemandThroughput(), maximum)));
    }
    return record.with(table ->
        table.withGlobalIndexes(index ->
            index.name().equals(name.get())
                ? index.withOnDemandThroughput(withReads(index.onDemandThroughput(), maximum))
                : index));
  }

  private static OnDemandThroughput withReads(OnDemandThroughput old, OptionalLong reads) {
    return new OnDemandThroughput(reads, old.maxWriteUnits());
  }

  /** Returns a provisioned table with other read units; another table has none. */
  static TableRecord readUnits(TableRecord record, Optional<IndexName> name, long units) {
    if (!isProvisioned(record)) {
      return record;
    }
    if (name.isEmpty()) {
      return record.with(table -> table.withThroughput(withReads(table.throughput(), units)));
    }
    return record.with(table ->
        table.withGlobalIndexes(index ->
            index.name().equals(name.get())
                ? index.withThroughput(withReads(index.throughput(), units))
                : index));
  }

  private static ProvisionedThroughput withReads(ProvisionedThroughput old, long reads) {
    return new ProvisionedThroughput(
        reads, old.writeUnits(), old.decreasesToday(), old.lastIncrease(), old.lastDecrease());
  }

  private static boolean isProvisioned(TableRecord record) {
    return record.description().billing().mode() == BillingMode.PROVISIONED;
  }

  static TableClass tableClass(TableRecord record) {
    return record
        .description()
        .tableClass()
        .map(TableClassSummary::tableClass)
        .orElse(TableClass.STANDARD);
  }

  private static Region own(TableRecord record) {
    return record.description().arn().owner().region();
  }
}

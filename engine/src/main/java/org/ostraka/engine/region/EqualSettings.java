package org.ostraka.engine.region;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.WarmThroughput;

/**
 * The settings that replicas of several accounts keep equal beside those of {@link SharedSettings},
 * while replicas of one account have them for themselves. Stateless.
 *
 * <p>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_MA_HowItWorks.html
 */
final class EqualSettings {
  private static final String READ_MAXIMUM = "read-maximum";
  private static final String WARM = "warm-throughput";

  /** The provisioned read units of the table; those of an index have its name behind it. */
  private static final String READ_UNITS = "equal-read-units";

  private static final String INDEX_READ_UNITS = "equal-read-units/";

  private static final String MAXIMUM_READ = "maximumRead";
  private static final String MAXIMUM_WRITE = "maximumWrite";
  private static final String WARM_READ = "warmRead";
  private static final String WARM_WRITE = "warmWrite";

  private EqualSettings() {}

  /** Returns the settings of a table as it is. */
  static Map<String, String> of(TableDescription table) {
    Map<String, String> settings = new TreeMap<>();
    OptionalLong reads = table.onDemandThroughput().maxReadUnits();
    settings.put(READ_MAXIMUM, reads.isPresent() ? Long.toString(reads.getAsLong()) : "");
    WarmThroughput warm = table.warmThroughput().orElse(WarmThroughput.ON_DEMAND);
    settings.put(WARM, warm.readUnits() + " " + warm.writeUnits());
    if (table.billing().mode() == BillingMode.PROVISIONED) {
      settings.put(READ_UNITS, Long.toString(table.throughput().readUnits()));
      for (GlobalIndex index : table.globalIndexes()) {
        if (index.status() != IndexStatus.DELETING) {
          settings.put(
              INDEX_READ_UNITS + index.name(), Long.toString(index.throughput().readUnits()));
        }
      }
    }
    return settings;
  }

  /** Returns whether a setting is one of these. */
  static boolean contains(String name) {
    return name.equals(READ_MAXIMUM)
        || name.equals(WARM)
        || name.equals(READ_UNITS)
        || name.startsWith(INDEX_READ_UNITS);
  }

  /** Returns a table with another value of a setting. */
  static TableRecord apply(TableRecord record, String name, String value) {
    if (name.equals(READ_MAXIMUM)) {
      OptionalLong reads =
          value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
      return record.with(table ->
          table.withOnDemandThroughput(
              new OnDemandThroughput(reads, table.onDemandThroughput().maxWriteUnits())));
    }
    if (value.isEmpty()) {
      return record;
    }
    if (name.equals(READ_UNITS)) {
      return OwnSettings.readUnits(record, Optional.empty(), Long.parseLong(value));
    }
    if (name.startsWith(INDEX_READ_UNITS)) {
      IndexName index = new IndexName(name.substring(INDEX_READ_UNITS.length()));
      return OwnSettings.readUnits(record, Optional.of(index), Long.parseLong(value));
    }
    int space = value.indexOf(' ');
    WarmThroughput warm =
        new WarmThroughput(
            Long.parseLong(value.substring(0, space)),
            Long.parseLong(value.substring(space + 1)),
            false);
    return record.with(table -> table.withWarmThroughput(warm));
  }

  /** Adds those of an index to its definition, which is one setting. */
  static void put(GlobalIndex index, Attributes attributes) {
    OnDemandThroughput maximum = index.onDemandThroughput();
    maximum.maxReadUnits().ifPresent(units -> attributes.number(MAXIMUM_READ, units));
    maximum.maxWriteUnits().ifPresent(units -> attributes.number(MAXIMUM_WRITE, units));
    WarmThroughput warm = index.warmThroughput().orElse(WarmThroughput.ON_DEMAND);
    attributes.number(WARM_READ, warm.readUnits()).number(WARM_WRITE, warm.writeUnits());
  }

  /** Returns a table whose index has those of its definition. */
  static TableRecord applyToIndex(TableRecord record, IndexName name, Attributes attributes) {
    OnDemandThroughput maximum =
        new OnDemandThroughput(
            attributes.optionalNumber(MAXIMUM_READ), attributes.optionalNumber(MAXIMUM_WRITE));
    WarmThroughput warm =
        new WarmThroughput(attributes.number(WARM_READ), attributes.number(WARM_WRITE), false);
    return record.with(table ->
        table.withGlobalIndex(
            name, index -> index.withOnDemandThroughput(maximum).withWarmThroughput(warm)));
  }

  /** Returns whether the definition of an index has those, which one in one account has not. */
  static boolean areIn(Attributes attributes) {
    return attributes.optionalNumber(WARM_READ).isPresent();
  }
}

package org.ostraka.engine.region;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.ostraka.engine.catalogue.Effect;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TimeToLive;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encryption.EncryptionKeys;
import org.ostraka.engine.index.GlobalIndexChange;
import org.ostraka.engine.index.IndexUpdates;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.BillingModeSummary;
import org.ostraka.model.Bytes;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.KeyType;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.Owner;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.Region;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableClassSummary;
import org.ostraka.model.TableDescription;
import org.ostraka.model.WarmThroughput;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.storage.Space;

/**
 * The settings that are the same in all replicas of a global table, as texts by their names. An
 * empty text is a setting that is not set. All replicas also know the settings that each of them
 * has for itself ({@link OwnSettings}); each applies its own. Stateless.
 *
 * <p>Q-230, Q-251 and measured which settings these are (October 2026).
 */
final class SharedSettings {
  private static final String TTL = "ttl";
  private static final String WRITE_MAXIMUM = "write-maximum";
  private static final String CLASS = "class";
  private static final String ENCRYPTION = "encryption";
  private static final String MANAGED_KEY = "KMS";
  private static final String INDEX = "index/";

  /** The provisioned write units of the table; those of an index have its name behind it. */
  private static final String WRITE_UNITS = "write-units";

  private static final String INDEX_WRITE_UNITS = "write-units/";

  private SharedSettings() {}

  /** Returns the settings of a table as it is. */
  static Map<String, String> of(TableRecord record) {
    Map<String, String> settings = new TreeMap<>();
    settings.put(
        TTL,
        record
            .timeToLive()
            .filter(TimeToLive::isEnabled)
            .map(TimeToLive::attributeName)
            .orElse(""));
    OptionalLong maximum = record.description().onDemandThroughput().maxWriteUnits();
    settings.put(WRITE_MAXIMUM, maximum.isPresent() ? Long.toString(maximum.getAsLong()) : "");
    Map<String, GlobalTable.Setting> agreed =
        record.description().global().map(GlobalTable::settings).orElse(Map.of());
    boolean severalAccounts = record.description().hasSeveralAccounts();
    if (!severalAccounts) {
      settings.put(CLASS, tableClass(record, agreed));
      settings.put(
          ENCRYPTION,
          record
              .description()
              .encryption()
              .flatMap(EncryptionDescription::keyArn)
              .map(_ -> MANAGED_KEY)
              .orElse(""));
    }
    settings.put(WRITE_UNITS, writeUnits(record.description().throughput()));
    for (GlobalIndex index : record.description().globalIndexes()) {
      if (index.status() != IndexStatus.DELETING) {
        settings.put(INDEX + index.name(), text(index, severalAccounts));
        settings.put(INDEX_WRITE_UNITS + index.name(), writeUnits(index.throughput()));
      }
    }
    settings.putAll(
        severalAccounts ? EqualSettings.of(record.description()) : OwnSettings.of(record, agreed));
    return settings;
  }

  /** Returns the class of the global table, of which this replica may have another one. */
  private static String tableClass(TableRecord record, Map<String, GlobalTable.Setting> agreed) {
    GlobalTable.Setting shared = agreed.get(CLASS);
    boolean ownClass =
        OwnSettings.hasTableClass(record.description().arn().owner().region(), agreed);
    return ownClass && shared != null ? shared.value() : OwnSettings.tableClass(record).name();
  }

  /**
   * Returns whether the value of a setting is that of {@link #of}. All others are of later versions
   * or of other regions, and are kept and passed on.
   */
  static boolean isOwn(Region region, String name) {
    return switch (name) {
      case TTL, WRITE_MAXIMUM, CLASS, ENCRYPTION, WRITE_UNITS -> true;
      default ->
          name.startsWith(INDEX)
              || name.startsWith(INDEX_WRITE_UNITS)
              || EqualSettings.contains(name)
              || OwnSettings.isOf(region, name);
    };
  }

  /**
   * Returns a table with another value of a setting.
   *
   * @throws org.ostraka.model.error.ApiException when it cannot have that value
   */
  static Function<Space, TableRecord> apply(
      TableRecord record, String name, String value, Instant now) {
    return switch (name) {
      case TTL -> space -> timeToLive(record, value, now, space);
      case WRITE_MAXIMUM -> _ -> writeMaximum(record, value);
      case CLASS -> _ -> tableClass(record, value, now);
      case ENCRYPTION -> _ -> encryption(record, value);
      case WRITE_UNITS -> _ -> writeUnits(record, value, now);
      default -> {
        if (name.startsWith(INDEX)) {
          yield index(record, new IndexName(name.substring(INDEX.length())), value, now);
        }
        if (name.startsWith(INDEX_WRITE_UNITS)) {
          yield _ -> indexWriteUnits(record, name.substring(INDEX_WRITE_UNITS.length()), value);
        }
        if (EqualSettings.contains(name)) {
          yield _ -> EqualSettings.apply(record, name, value);
        }
        yield OwnSettings.isOf(record.description().arn().owner().region(), name)
            ? _ -> OwnSettings.apply(record, name, value, now)
            : _ -> record;
      }
    };
  }

  /** Returns the units as text; empty for what is charged by the request. */
  private static String writeUnits(ProvisionedThroughput throughput) {
    return throughput.writeUnits() == 0 ? "" : Long.toString(throughput.writeUnits());
  }

  /** Returns a table with other write units, or charged by the request. */
  private static TableRecord writeUnits(TableRecord record, String value, Instant now) {
    if (value.isEmpty()) {
      return record.with(table ->
          table
              .withBilling(new BillingModeSummary(BillingMode.PAY_PER_REQUEST, Optional.of(now)))
              .withThroughput(ProvisionedThroughput.NONE)
              .withWarmThroughput(
                  table
                      .warmThroughput()
                      .orElse(WarmThroughput.ON_DEMAND)
                      .atLeast(WarmThroughput.ON_DEMAND)));
    }
    return record.with(table ->
        table
            .withBilling(
                new BillingModeSummary(
                    BillingMode.PROVISIONED, table.billing().lastUpdateToPayPerRequest()))
            .withThroughput(withWrites(table.throughput(), Long.parseLong(value))));
  }

  private static TableRecord indexWriteUnits(TableRecord record, String name, String value) {
    return record.with(table ->
        table.withGlobalIndexes(index ->
            index.name().value().equals(name)
                ? index.withThroughput(
                    value.isEmpty()
                        ? ProvisionedThroughput.NONE
                        : withWrites(index.throughput(), Long.parseLong(value)))
                : index));
  }

  /** Returns a throughput with other write units; read units are those of each replica. */
  private static ProvisionedThroughput withWrites(ProvisionedThroughput old, long writes) {
    return new ProvisionedThroughput(
        Math.max(1, old.readUnits()),
        writes,
        old.decreasesToday(),
        old.lastIncrease(),
        old.lastDecrease());
  }

  private static TableRecord timeToLive(
      TableRecord record, String attribute, Instant now, Space space) {
    if (attribute.isEmpty()) {
      return record
          .timeToLive()
          .map(present ->
              record.withTimeToLive(
                  new TimeToLive(present.attributeName(), now, now, Optional.empty())))
          .orElse(record);
    }
    return record.withTimeToLive(
        new TimeToLive(attribute, now, now, Optional.of(new TimeToLive.Index(space, true))));
  }

  private static TableRecord writeMaximum(TableRecord record, String value) {
    OptionalLong maximum =
        value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    return record.with(table ->
        table.withOnDemandThroughput(
            new OnDemandThroughput(table.onDemandThroughput().maxReadUnits(), maximum)));
  }

  private static TableRecord tableClass(TableRecord record, String value, Instant now) {
    Region own = record.description().arn().owner().region();
    boolean ownClass =
        record
            .description()
            .global()
            .filter(global -> OwnSettings.hasTableClass(own, global.settings()))
            .isPresent();
    if (ownClass) {
      return record;
    }
    TableClassSummary next = new TableClassSummary(TableClass.valueOf(value), Optional.of(now));
    return record.with(table -> table.withTableClass(next));
  }

  private static TableRecord encryption(TableRecord record, String value) {
    Owner owner = record.description().arn().owner();
    Optional<EncryptionDescription> next =
        value.isEmpty()
            ? Optional.empty()
            : Optional.of(new EncryptionDescription(Optional.of(managedKey(owner)), false));
    return record.with(table -> table.withEncryption(next));
  }

  /** Returns the ARN of the key that the service manages for an owner. */
  static String managedKey(Owner owner) {
    return EncryptionKeys.managedKey(owner);
  }

  private static Function<Space, TableRecord> index(
      TableRecord record, IndexName name, String value, Instant now) {
    boolean present =
        record
            .description()
            .index(name.value())
            .filter(index ->
                index instanceof GlobalIndex global && global.status() != IndexStatus.DELETING)
            .isPresent();
    GlobalIndexChange change =
        new GlobalIndexChange(now, record.description(), record.description().billing().mode());
    if (value.isEmpty()) {
      if (!present) {
        return _ -> record;
      }
      IndexUpdates delete = new IndexUpdates(List.of(), List.of(), List.of(name.value()));
      return _ -> record.changing(change.effect(delete, null), now);
    }
    Attributes attributes = decoded(value);
    if (present) {
      return _ -> withEqualSettings(record, name, attributes);
    }
    NewIndex wanted = index(name, attributes, record.description());
    IndexUpdates create = new IndexUpdates(List.of(wanted), List.of(), List.of());
    Effect effect = change.effect(create, definitions(attributes));
    return space ->
        withEqualSettings(record.changing(effect, now).withIndex(name, space), name, attributes);
  }

  private static TableRecord withEqualSettings(
      TableRecord record, IndexName name, Attributes attributes) {
    return EqualSettings.areIn(attributes)
        ? EqualSettings.applyToIndex(record, name, attributes)
        : record;
  }

  private static String text(GlobalIndex index, boolean severalAccounts) {
    Attributes types = new Attributes();
    index
        .key()
        .attributes()
        .forEach(attribute -> types.text(attribute.name(), attribute.type().name()));
    Attributes attributes =
        new Attributes()
            .texts("hash", names(index.key().partition()))
            .texts("range", names(index.key().sort()))
            .map("types", types)
            .text("projection", index.projection().type().name())
            .texts("others", index.projection().nonKeyAttributes());
    if (severalAccounts) {
      EqualSettings.put(index, attributes);
    }
    return Base64.getEncoder().encodeToString(ItemEncoding.encode(attributes.item()).array());
  }

  private static Attributes decoded(String text) {
    return new Attributes(
        ItemEncoding.decode(Bytes.wrap(Base64.getDecoder().decode(text))).attributes());
  }

  private static List<String> names(List<AttributeDefinition> attributes) {
    return attributes.stream().map(AttributeDefinition::name).toList();
  }

  /** Returns an index to add; of a provisioned table it begins with the units of the table. */
  private static NewIndex index(IndexName name, Attributes attributes, TableDescription table) {
    List<KeySchemaElement> key = new ArrayList<>();
    attributes.texts("hash").forEach(each -> key.add(new KeySchemaElement(each, KeyType.HASH)));
    attributes.texts("range").forEach(each -> key.add(new KeySchemaElement(each, KeyType.RANGE)));
    List<String> others = attributes.texts("others");
    return new NewIndex(
        name.value(),
        key,
        attributes.text("projection"),
        others.isEmpty() ? null : others,
        table.billing().mode() == BillingMode.PROVISIONED
            ? new ThroughputUnits(table.throughput().readUnits(), table.throughput().writeUnits())
            : null,
        null);
  }

  private static List<AttributeDefinition> definitions(Attributes attributes) {
    Attributes types = Objects.requireNonNull(attributes).map("types");
    return types.names().stream()
        .map(name -> new AttributeDefinition(name, ScalarType.valueOf(types.text(name))))
        .toList();
  }
}

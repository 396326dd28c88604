package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.BillingModeSummary;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.IndexName;
import org.ostraka.model.Item;
import org.ostraka.model.LatestStream;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.ScalarType;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableClassSummary;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.model.Tags;
import org.ostraka.model.WarmThroughput;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Space;

/**
 * A table's record as an item, which is the form in which the catalogue stores it. The form is
 * self-describing, so that later versions can add to it. Part of the format on disk. Stateless.
 */
public final class TableRecordItem {
  private static final String ITEM_COUNT = "itemCount";
  private static final String SIZE_BYTES = "sizeBytes";
  private static final String INDEX_SIZES = "indexes";
  private static final String COLLECTIONS = "collectionSpace";
  private static final String TOMBSTONES = "tombstoneSpace";
  private static final String CHANGES = "changeShards";
  private static final String IMAGES = "changeImages";
  private static final String ENCRYPTION_UPDATES = "encryptionUpdates";
  private static final String TAGS = "tags";
  private static final String RECOVERY = "recovery";
  private static final String POLICY = "policy";
  private static final String STREAM_POLICIES = "streamPolicies";
  private static final String INSIGHTS = "contributorInsights";
  private static final String DESTINATIONS = "destinations";
  private static final String SETTINGS_REPLICATION = "settingsReplication";

  private TableRecordItem() {}

  static Item ofSize(TableSize size) {
    Attributes indexes = new Attributes();
    size.indexes().forEach((name, each) -> indexes.map(name.value(), counts(each)));
    return counts(size).map(INDEX_SIZES, indexes).item();
  }

  static boolean isSize(Item item) {
    return item.attribute(ITEM_COUNT).isPresent();
  }

  static TableSize size(Item item) {
    try {
      Attributes attributes = new Attributes(item.attributes());
      Map<IndexName, TableSize> indexes = new HashMap<>();
      attributes
          .optionalMap(INDEX_SIZES)
          .ifPresent(stored ->
              stored
                  .names()
                  .forEach(name -> indexes.put(new IndexName(name), counts(stored.map(name)))));
      TableSize own = counts(attributes);
      return new TableSize(own.itemCount(), own.sizeBytes(), indexes);
    } catch (IllegalArgumentException | ArithmeticException broken) {
      throw new CorruptDataException("a table's size cannot be read", broken);
    }
  }

  private static Attributes counts(TableSize size) {
    return new Attributes()
        .number(ITEM_COUNT, size.itemCount())
        .number(SIZE_BYTES, size.sizeBytes());
  }

  private static TableSize counts(Attributes attributes) {
    return new TableSize(attributes.number(ITEM_COUNT), attributes.number(SIZE_BYTES));
  }

  static Item of(TableRecord record) {
    Attributes attributes =
        new Attributes()
            .number("space", record.items().id())
            .map("indexSpaces", indexSpaces(record))
            .numbers("discardedSpaces", record.discarded().stream().map(Space::id).toList())
            .map("description", description(record.description()))
            .instants("classUpdates", record.classUpdates());
    record.collections().ifPresent(space -> attributes.number(COLLECTIONS, space.id()));
    record.spaces().tombstones().ifPresent(space -> attributes.number(TOMBSTONES, space.id()));
    record
        .spaces()
        .changes()
        .ifPresent(log ->
            attributes
                .list(CHANGES, LogHistoryItem.of(log.shards()))
                .text(IMAGES, log.images().name()));
    record.transition().ifPresent(under -> attributes.map("transition", transition(under)));
    if (!record.encryptionUpdates().isEmpty()) {
      attributes.instants(ENCRYPTION_UPDATES, record.encryptionUpdates());
    }
    if (!record.tags().equals(Tags.NONE)) {
      attributes.map(TAGS, tags(record.tags()));
    }
    record.timeToLive().ifPresent(ttl -> attributes.map("timeToLive", timeToLive(ttl)));
    if (!record.destinations().all().isEmpty()) {
      attributes.list(
          DESTINATIONS, record.destinations().all().stream().map(DestinationItem::of).toList());
    }
    addPolicies(attributes, record.policies());
    if (!record.recovery().equals(Recovery.NONE)) {
      attributes.map(RECOVERY, RecoveryItem.of(record.recovery()));
    }
    if (!record.insights().settings().isEmpty()) {
      attributes.list(INSIGHTS, InsightsItem.of(record.insights()));
    }
    return attributes.item();
  }

  static TableRecord record(Item item) {
    try {
      Attributes attributes = new Attributes(item.attributes());
      return new TableRecord(
          spaces(attributes),
          description(attributes.map("description")),
          attributes.optionalMap("transition").map(TableRecordItem::transition),
          attributes.instants("classUpdates"),
          attributes.optionalInstants(ENCRYPTION_UPDATES),
          attributes.optionalMap(TAGS).map(TableRecordItem::tags).orElse(Tags.NONE),
          attributes.optionalMap("timeToLive").map(TableRecordItem::timeToLive),
          new StreamingDestinations(
              attributes.optionalList(DESTINATIONS).stream()
                  .map(DestinationItem::destination)
                  .toList()),
          policies(attributes),
          attributes.optionalMap(RECOVERY).map(RecoveryItem::recovery).orElse(Recovery.NONE),
          InsightsItem.insights(attributes.optionalList(INSIGHTS)));
    } catch (IllegalArgumentException | ArithmeticException broken) {
      throw new CorruptDataException("a table's record cannot be read", broken);
    }
  }

  private static Attributes tags(Tags tags) {
    Attributes attributes = new Attributes();
    tags.byKey().forEach(attributes::text);
    return attributes;
  }

  private static Tags tags(Attributes attributes) {
    Map<String, String> tags = new HashMap<>();
    attributes.names().forEach(key -> tags.put(key, attributes.text(key)));
    return new Tags(tags);
  }

  private static void addPolicies(Attributes attributes, ResourcePolicies policies) {
    policies.ofTable().ifPresent(policy -> attributes.map(POLICY, policy(policy)));
    if (!policies.ofStreams().isEmpty()) {
      Attributes streams = new Attributes();
      policies.ofStreams().forEach((label, policy) -> streams.map(label, policy(policy)));
      attributes.map(STREAM_POLICIES, streams);
    }
  }

  private static Attributes policy(ResourcePolicy policy) {
    Attributes attributes = new Attributes().instant("changed", Optional.of(policy.changed()));
    policy.text().ifPresent(text -> attributes.text("document", text));
    return attributes;
  }

  private static ResourcePolicy policy(Attributes attributes) {
    return ResourcePolicy.stored(
        attributes.optionalText("document"),
        attributes.instant("changed").orElseThrow(IllegalArgumentException::new));
  }

  private static ResourcePolicies policies(Attributes record) {
    Map<String, ResourcePolicy> streams = new HashMap<>();
    record
        .optionalMap(STREAM_POLICIES)
        .ifPresent(stored ->
            stored.names().forEach(label -> streams.put(label, policy(stored.map(label)))));
    return new ResourcePolicies(record.optionalMap(POLICY).map(TableRecordItem::policy), streams);
  }

  private static TableSpaces spaces(Attributes record) {
    return new TableSpaces(
        new Space(record.number("space")),
        indexSpaces(record),
        record.optionalNumbers("discardedSpaces").stream().map(Space::new).toList(),
        optionalSpace(record, COLLECTIONS),
        optionalSpace(record, TOMBSTONES),
        changes(record));
  }

  private static Optional<ChangeLog> changes(Attributes record) {
    List<LogShard> shards = record.optionalList(CHANGES).stream().map(LogHistoryItem::log).toList();
    return shards.isEmpty()
        ? Optional.empty()
        : Optional.of(new ChangeLog(shards, StreamViewType.valueOf(record.text(IMAGES))));
  }

  private static Attributes indexSpaces(TableRecord record) {
    Attributes spaces = new Attributes();
    record.indexes().forEach((name, space) -> spaces.number(name.value(), space.id()));
    return spaces;
  }

  /** Returns the spaces of indexes; empty in records that are older than indexes. */
  private static Map<IndexName, Space> indexSpaces(Attributes record) {
    Map<IndexName, Space> spaces = new HashMap<>();
    record
        .optionalMap("indexSpaces")
        .ifPresent(stored ->
            stored
                .names()
                .forEach(name -> spaces.put(new IndexName(name), new Space(stored.number(name)))));
    return spaces;
  }

  private static Optional<Space> optionalSpace(Attributes record, String name) {
    OptionalLong id = record.optionalNumber(name);
    return id.isPresent() ? Optional.of(new Space(id.getAsLong())) : Optional.empty();
  }

  private static Attributes timeToLive(TimeToLive ttl) {
    Attributes attributes =
        new Attributes()
            .text("attribute", ttl.attributeName())
            .instant("changed", Optional.of(ttl.changed()))
            .instant("settled", Optional.of(ttl.settled()));
    ttl.index()
        .ifPresent(index ->
            attributes.number("space", index.space().id()).flag("building", index.isBuilding()));
    return attributes;
  }

  private static TimeToLive timeToLive(Attributes attributes) {
    return new TimeToLive(
        attributes.text("attribute"),
        attributes.instant("changed").orElseThrow(IllegalArgumentException::new),
        attributes.instant("settled").orElseThrow(IllegalArgumentException::new),
        optionalSpace(attributes, "space")
            .map(space -> new TimeToLive.Index(space, attributes.flag("building"))));
  }

  private static Attributes transition(TableRecord.Transition under) {
    Attributes attributes = new Attributes().instant("due", Optional.of(under.due()));
    under.after().ifPresent(after -> attributes.map("after", description(after)));
    return attributes;
  }

  private static TableRecord.Transition transition(Attributes attributes) {
    return new TableRecord.Transition(
        attributes.instant("due").orElseThrow(IllegalArgumentException::new),
        attributes.optionalMap("after").map(TableRecordItem::description));
  }

  /** Returns the attributes of a description. */
  public static Attributes description(TableDescription table) {
    Attributes attributes =
        new Attributes()
            .text("arn", table.arn().toString())
            .text("id", table.id().toString())
            .instant("created", Optional.of(table.created()))
            .text("status", table.status().name())
            .list(
                "definitions",
                table.definitions().stream().map(TableRecordItem::definition).toList())
            .text("partitionKey", table.key().partition().name())
            .text("billingMode", table.billing().mode().name())
            .instant("payPerRequestSince", table.billing().lastUpdateToPayPerRequest())
            .map("throughput", throughput(table.throughput()))
            .flag("deletionProtected", table.deletionProtected())
            .list("localIndexes", table.localIndexes().stream().map(IndexItem::of).toList())
            .list("globalIndexes", table.globalIndexes().stream().map(IndexItem::of).toList());
    table.key().sort().ifPresent(sort -> attributes.text("sortKey", sort.name()));
    maximum(attributes, table.onDemandThroughput());
    warm(attributes, table.warmThroughput());
    table
        .encryption()
        .ifPresent(encryption -> attributes.map("encryption", encryption(encryption)));
    table
        .tableClass()
        .ifPresent(summary ->
            attributes
                .text("tableClass", summary.tableClass().name())
                .instant("tableClassSince", summary.lastUpdate()));
    table.stream()
        .ifPresent(latest -> {
          attributes.text("streamLabel", latest.label());
          latest.viewType().ifPresent(shown -> attributes.text("streamView", shown.name()));
        });
    table.global().ifPresent(global -> attributes.map("global", GlobalTableItem.of(global)));
    table
        .settingsReplication()
        .ifPresent(mode -> attributes.text(SETTINGS_REPLICATION, mode.name()));
    return attributes;
  }

  /**
   * Reads a description.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static TableDescription description(Attributes attributes) {
    List<AttributeDefinition> definitions =
        attributes.list("definitions").stream().map(TableRecordItem::definition).toList();
    return new TableDescription(
        TableArn.parse(attributes.text("arn")).orElseThrow(IllegalArgumentException::new),
        UUID.fromString(attributes.text("id")),
        attributes.instant("created").orElseThrow(IllegalArgumentException::new),
        TableStatus.valueOf(attributes.text("status")),
        definitions,
        new TableKey(
            named(definitions, attributes.text("partitionKey")),
            attributes.optionalText("sortKey").map(name -> named(definitions, name))),
        attributes.optionalList("localIndexes").stream()
            .map(index -> IndexItem.local(index, definitions))
            .toList(),
        attributes.optionalList("globalIndexes").stream()
            .map(index -> IndexItem.global(index, definitions))
            .toList(),
        new BillingModeSummary(
            BillingMode.valueOf(attributes.text("billingMode")),
            attributes.instant("payPerRequestSince")),
        throughput(attributes.map("throughput")),
        maximum(attributes),
        warm(attributes),
        attributes
            .optionalText("tableClass")
            .map(name ->
                new TableClassSummary(
                    TableClass.valueOf(name), attributes.instant("tableClassSince"))),
        attributes.optionalMap("encryption").map(TableRecordItem::encryption),
        attributes.flag("deletionProtected"),
        attributes
            .optionalText("streamLabel")
            .map(label ->
                new LatestStream(
                    label, attributes.optionalText("streamView").map(StreamViewType::valueOf))),
        attributes.optionalMap("global").map(GlobalTableItem::global),
        attributes.optionalText(SETTINGS_REPLICATION).map(SettingsReplication::valueOf));
  }

  static void maximum(Attributes attributes, OnDemandThroughput maximum) {
    maximum.maxReadUnits().ifPresent(max -> attributes.number("maxReadUnits", max));
    maximum.maxWriteUnits().ifPresent(max -> attributes.number("maxWriteUnits", max));
  }

  static OnDemandThroughput maximum(Attributes attributes) {
    return new OnDemandThroughput(
        attributes.optionalNumber("maxReadUnits"), attributes.optionalNumber("maxWriteUnits"));
  }

  static void warm(Attributes attributes, Optional<WarmThroughput> throughput) {
    throughput.ifPresent(warm ->
        attributes
            .number("warmReadUnits", warm.readUnits())
            .number("warmWriteUnits", warm.writeUnits())
            .flag("warmUpdating", warm.isUpdating()));
  }

  static Optional<WarmThroughput> warm(Attributes attributes) {
    OptionalLong read = attributes.optionalNumber("warmReadUnits");
    return read.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WarmThroughput(
                read.getAsLong(),
                attributes.number("warmWriteUnits"),
                attributes.optionalFlag("warmUpdating").orElse(false)));
  }

  private static Attributes encryption(EncryptionDescription encryption) {
    Attributes attributes = new Attributes().flag("updating", encryption.isUpdating());
    encryption.keyArn().ifPresent(arn -> attributes.text("keyArn", arn));
    return attributes;
  }

  private static EncryptionDescription encryption(Attributes attributes) {
    return new EncryptionDescription(
        attributes.optionalText("keyArn"), attributes.flag("updating"));
  }

  private static Attributes definition(AttributeDefinition definition) {
    return new Attributes().text("name", definition.name()).text("type", definition.type().name());
  }

  private static AttributeDefinition definition(Attributes attributes) {
    return new AttributeDefinition(
        attributes.text("name"), ScalarType.valueOf(attributes.text("type")));
  }

  static AttributeDefinition named(List<AttributeDefinition> definitions, String name) {
    return definitions.stream()
        .filter(definition -> definition.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a key attribute is not defined"));
  }

  static Attributes throughput(ProvisionedThroughput throughput) {
    return new Attributes()
        .number("readUnits", throughput.readUnits())
        .number("writeUnits", throughput.writeUnits())
        .number("decreasesToday", throughput.decreasesToday())
        .instant("lastIncrease", throughput.lastIncrease())
        .instant("lastDecrease", throughput.lastDecrease());
  }

  static ProvisionedThroughput throughput(Attributes attributes) {
    return new ProvisionedThroughput(
        attributes.number("readUnits"),
        attributes.number("writeUnits"),
        Math.toIntExact(attributes.number("decreasesToday")),
        attributes.instant("lastIncrease"),
        attributes.instant("lastDecrease"));
  }
}

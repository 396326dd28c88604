package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableKey;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Space;

/**
 * A {@link LogHistory} as an item, which is the form in which the catalogue stores it. Part of the
 * format on disk. Stateless.
 */
final class LogHistoryItem {
  private static final String TABLE = "historyOf";
  private static final String STREAMS = "streams";
  private static final String SHARDS = "shards";

  private LogHistoryItem() {}

  static Item of(TableArn arn, LogHistory history) {
    return new Attributes()
        .text(TABLE, arn.toString())
        .list(STREAMS, history.streams().stream().map(LogHistoryItem::stream).toList())
        .list(SHARDS, history.shards().stream().map(LogHistoryItem::shard).toList())
        .item();
  }

  static boolean isOne(Item item) {
    return item.attribute(TABLE).isPresent();
  }

  /** Returns the ARN of the tables whose history this is. */
  static TableArn arn(Item item) {
    return TableArn.parse(new Attributes(item.attributes()).text(TABLE))
        .orElseThrow(() -> new CorruptDataException("a history of logs is of no table"));
  }

  static LogHistory history(Item item) {
    try {
      Attributes attributes = new Attributes(item.attributes());
      return new LogHistory(
          attributes.list(STREAMS).stream().map(LogHistoryItem::stream).toList(),
          attributes.list(SHARDS).stream().map(LogHistoryItem::shard).toList());
    } catch (IllegalArgumentException | ArithmeticException broken) {
      throw new CorruptDataException("a history of logs cannot be read", broken);
    }
  }

  private static Attributes stream(LogHistory.Stream stream) {
    Attributes attributes =
        new Attributes()
            .text("label", stream.label())
            .text("table", stream.table().toString())
            .text("viewType", stream.viewType().name())
            .instant("enabled", Optional.of(stream.enabled()))
            .map("partitionKey", attribute(stream.key().partition()))
            .instant("disabled", stream.disabled());
    stream.key().sort().ifPresent(sort -> attributes.map("sortKey", attribute(sort)));
    return attributes;
  }

  private static LogHistory.Stream stream(Attributes attributes) {
    return new LogHistory.Stream(
        attributes.text("label"),
        UUID.fromString(attributes.text("table")),
        StreamViewType.valueOf(attributes.text("viewType")),
        instant(attributes, "enabled"),
        new TableKey(
            attribute(attributes.map("partitionKey")),
            attributes.optionalMap("sortKey").map(LogHistoryItem::attribute)),
        attributes.instant("disabled"));
  }

  private static Attributes attribute(AttributeDefinition attribute) {
    return new Attributes().text("name", attribute.name()).text("type", attribute.type().name());
  }

  private static AttributeDefinition attribute(Attributes attributes) {
    return new AttributeDefinition(
        attributes.text("name"), ScalarType.valueOf(attributes.text("type")));
  }

  private static Attributes shard(LogHistory.Shard shard) {
    Attributes attributes = of(shard.log()).instant("closed", shard.closed());
    shard.parent().ifPresent(parent -> attributes.number("parent", parent.id()));
    shard.stream().ifPresent(label -> attributes.text("stream", label));
    return attributes;
  }

  private static LogHistory.Shard shard(Attributes attributes) {
    OptionalLong parent = attributes.optionalNumber("parent");
    return new LogHistory.Shard(
        log(attributes),
        parent.isPresent() ? Optional.of(new Space(parent.getAsLong())) : Optional.empty(),
        attributes.optionalText("stream"),
        attributes.instant("closed"));
  }

  static Attributes of(LogShard shard) {
    return new Attributes()
        .number("space", shard.space().id())
        .number("first", shard.first())
        .instant("opened", Optional.of(shard.opened()));
  }

  static LogShard log(Attributes attributes) {
    return new LogShard(
        new Space(attributes.number("space")),
        attributes.number("first"),
        instant(attributes, "opened"));
  }

  static List<Attributes> of(List<LogShard> shards) {
    return shards.stream().map(LogHistoryItem::of).toList();
  }

  private static Instant instant(Attributes attributes, String name) {
    return attributes.instant(name).orElseThrow(IllegalArgumentException::new);
  }
}

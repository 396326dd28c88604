package org.ostraka.engine.backup;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableArn;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;

/** Chains, segments and restorations as stored items. Part of the format on disk. Stateless. */
final class ChainItem {
  private ChainItem() {}

  static Bytes encode(Chain chain) {
    return ItemEncoding.encode(
        new Attributes()
            .text("chain", chain.id().toString())
            .text("table", chain.table().toString())
            .text("tableId", chain.tableId().toString())
            .flag("continuous", chain.isContinuous())
            .instant("since", Optional.of(chain.since()))
            .number("firstShard", chain.firstShard().id())
            .list("bases", chain.bases().stream().map(ChainItem::of).toList())
            .number("nextSegment", chain.nextSegment())
            .number("changesSinceBase", chain.changesSinceBase())
            .number("complete", chain.complete().value())
            .item());
  }

  private static Attributes of(Base base) {
    Attributes attributes =
        new Attributes()
            .number("number", base.number())
            .number("firstSegment", base.firstSegment())
            .number("items", base.items())
            .number("sizeBytes", base.sizeBytes());
    base.after()
        .ifPresent(key ->
            attributes
                .number("space", key.space().id())
                .bytes("partition", key.partition())
                .bytes("sort", key.sort()));
    base.cut().ifPresent(cut -> attributes.number("cut", cut.value()));
    return attributes;
  }

  static Chain chain(Bytes value) {
    return decoded(
        value,
        "a chain of the archive",
        attributes ->
            new Chain(
                uuid(attributes, "chain"),
                table(attributes, "table"),
                uuid(attributes, "tableId"),
                attributes.flag("continuous"),
                attributes.instant("since").orElseThrow(IllegalArgumentException::new),
                new Space(attributes.number("firstShard")),
                attributes.list("bases").stream().map(ChainItem::base).toList(),
                attributes.number("nextSegment"),
                attributes.number("changesSinceBase"),
                new Stamp(attributes.number("complete"))));
  }

  private static Base base(Attributes attributes) {
    Optional<RowKey> after =
        attributes
            .optionalBytes("partition")
            .map(partition ->
                new RowKey(
                    new Space(attributes.number("space")),
                    partition,
                    attributes.optionalBytes("sort").orElseThrow(IllegalArgumentException::new)));
    return new Base(
        Math.toIntExact(attributes.number("number")),
        attributes.number("firstSegment"),
        after,
        attributes.number("items"),
        attributes.number("sizeBytes"),
        stamp(attributes, "cut"));
  }

  static Bytes encode(ArchivedSegment segment) {
    Attributes attributes =
        new Attributes()
            .text("chain", segment.chain().toString())
            .number("number", segment.number())
            .text("name", segment.name())
            .number("records", segment.records())
            .number("sizeBytes", segment.sizeBytes())
            .number("first", segment.first().value())
            .number("last", segment.last().value());
    segment.base().ifPresent(base -> attributes.number("base", base));
    return ItemEncoding.encode(attributes.item());
  }

  static ArchivedSegment segment(Bytes value) {
    return decoded(
        value,
        "a segment of the archive",
        attributes -> {
          OptionalLong base = attributes.optionalNumber("base");
          return new ArchivedSegment(
              uuid(attributes, "chain"),
              attributes.number("number"),
              attributes.text("name"),
              base.isPresent()
                  ? OptionalInt.of(Math.toIntExact(base.getAsLong()))
                  : OptionalInt.empty(),
              attributes.number("records"),
              attributes.number("sizeBytes"),
              new Stamp(attributes.number("first")),
              new Stamp(attributes.number("last")));
        });
  }

  static Bytes encode(RestoreJob job) {
    Attributes attributes =
        new Attributes()
            .text("target", job.target().toString())
            .text("targetId", job.targetId().toString())
            .text("chain", job.chain().toString())
            .number("stamp", job.stamp().value());
    job.backupArn().ifPresent(arn -> attributes.text("backup", arn));
    job.progress()
        .ifPresent(progress ->
            attributes.map(
                "progress",
                new Attributes()
                    .number("base", progress.base())
                    .text("phase", progress.phase().name())
                    .number("segment", progress.segment())
                    .number("record", progress.record())));
    return ItemEncoding.encode(attributes.item());
  }

  static RestoreJob job(Bytes value) {
    return decoded(
        value,
        "the restoration of a table",
        attributes ->
            new RestoreJob(
                table(attributes, "target"),
                uuid(attributes, "targetId"),
                uuid(attributes, "chain"),
                attributes.optionalText("backup"),
                new Stamp(attributes.number("stamp")),
                attributes
                    .optionalMap("progress")
                    .map(progress ->
                        new RestoreJob.Progress(
                            Math.toIntExact(progress.number("base")),
                            RestoreJob.Phase.valueOf(progress.text("phase")),
                            progress.number("segment"),
                            progress.number("record")))));
  }

  /** Reads an item's attributes. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Attributes attributes);
  }

  static <T> T decoded(Bytes value, String what, Reading<T> reading) {
    try {
      return reading.read(new Attributes(ItemEncoding.decode(value).attributes()));
    } catch (IllegalArgumentException | ArithmeticException broken) {
      throw new CorruptDataException(what + " cannot be read", broken);
    }
  }

  private static Optional<Stamp> stamp(Attributes attributes, String name) {
    OptionalLong value = attributes.optionalNumber(name);
    return value.isPresent() ? Optional.of(new Stamp(value.getAsLong())) : Optional.empty();
  }

  static UUID uuid(Attributes attributes, String name) {
    return UUID.fromString(attributes.text(name));
  }

  static TableArn table(Attributes attributes, String name) {
    return TableArn.parse(attributes.text(name)).orElseThrow(IllegalArgumentException::new);
  }
}

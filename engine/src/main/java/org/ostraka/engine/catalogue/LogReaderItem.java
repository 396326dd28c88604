package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.Item;
import org.ostraka.model.TableArn;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Position;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * A {@link LogReader} as an item, which is the form in which the catalogue stores it. Part of the
 * format on disk. Stateless.
 */
final class LogReaderItem {
  private static final String TABLE = "readerOf";
  private static final String COPY = "copy";

  private LogReaderItem() {}

  static Item of(LogReader reader) {
    Attributes attributes =
        new Attributes()
            .text(TABLE, reader.table().toString())
            .text("name", reader.name())
            .flag("streamsOnly", reader.streamsOnly())
            .number("from", reader.from().id())
            .list(
                "cursors",
                reader.cursors().entrySet().stream()
                    .map(cursor ->
                        new Attributes()
                            .number("shard", cursor.getKey().id())
                            .number("position", cursor.getValue().value()))
                    .toList())
            .list(
                "finished",
                reader.finished().stream()
                    .map(shard -> new Attributes().number("shard", shard.id()))
                    .toList())
            .number("losses", reader.losses().all())
            .number("toldLosses", reader.losses().told());
    reader.copy().ifPresent(place -> attributes.map(COPY, copy(place)));
    return attributes.item();
  }

  private static Attributes copy(CopyPlace place) {
    Attributes attributes =
        new Attributes().text("of", place.of()).flag("tombstones", place.tombstones());
    place
        .after()
        .ifPresent(row ->
            attributes
                .number("space", row.space().id())
                .bytes("partition", row.partition())
                .bytes("sort", row.sort()));
    return attributes;
  }

  private static CopyPlace place(Attributes attributes) {
    Optional<RowKey> after =
        attributes
            .optionalBytes("partition")
            .map(partition ->
                new RowKey(
                    new Space(attributes.number("space")),
                    partition,
                    attributes.optionalBytes("sort").orElseThrow(IllegalArgumentException::new)));
    return new CopyPlace(attributes.text("of"), attributes.flag("tombstones"), after);
  }

  static boolean isOne(Item item) {
    return item.attribute(TABLE).isPresent();
  }

  static LogReader reader(Item item) {
    try {
      Attributes attributes = new Attributes(item.attributes());
      return new LogReader(
          TableArn.parse(attributes.text(TABLE))
              .orElseThrow(() -> new CorruptDataException("a reader of changes is of no table")),
          attributes.text("name"),
          attributes.flag("streamsOnly"),
          new Space(attributes.number("from")),
          cursors(attributes.list("cursors")),
          finished(attributes.list("finished")),
          new LogReader.Losses(
              attributes.optionalNumber("losses").orElse(0),
              attributes.optionalNumber("toldLosses").orElse(0)),
          attributes.optionalMap(COPY).map(LogReaderItem::place));
    } catch (IllegalArgumentException | ArithmeticException broken) {
      throw new CorruptDataException("a reader of changes cannot be read", broken);
    }
  }

  private static Map<Space, Position> cursors(List<Attributes> list) {
    Map<Space, Position> cursors = new HashMap<>();
    for (Attributes each : list) {
      cursors.put(new Space(each.number("shard")), new Position(each.number("position")));
    }
    return cursors;
  }

  private static Set<Space> finished(List<Attributes> list) {
    Set<Space> finished = new HashSet<>();
    list.forEach(each -> finished.add(new Space(each.number("shard"))));
    return finished;
  }
}

package org.ostraka.engine.catalogue;

import java.util.Optional;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/** The position of an index build as an item. Part of the format on disk. Stateless. */
final class IndexBuildItem {
  private static final String INDEX = "buildsSpace";

  private IndexBuildItem() {}

  static Item of(IndexBuildPosition position) {
    Attributes attributes =
        new Attributes()
            .number(INDEX, position.index().id())
            .instant("since", Optional.of(position.since()))
            .number("items", position.items())
            .number("entries", position.entries())
            .number("sizeBytes", position.sizeBytes());
    position
        .after()
        .ifPresent(after ->
            attributes
                .number("space", after.space().id())
                .bytes("partition", after.partition())
                .bytes("sort", after.sort()));
    return attributes.item();
  }

  static boolean isOne(Item item) {
    return item.attribute(INDEX).isPresent();
  }

  static IndexBuildPosition position(Item item) {
    try {
      Attributes attributes = new Attributes(item.attributes());
      return new IndexBuildPosition(
          new Space(attributes.number(INDEX)),
          attributes.instant("since").orElseThrow(IllegalArgumentException::new),
          attributes.optionalBytes("partition").map(partition -> after(attributes, partition)),
          attributes.number("items"),
          attributes.number("entries"),
          attributes.number("sizeBytes"));
    } catch (IllegalArgumentException | ArithmeticException broken) {
      throw new CorruptDataException("the position of an index's building cannot be read", broken);
    }
  }

  private static RowKey after(Attributes attributes, Bytes partition) {
    return new RowKey(
        new Space(attributes.number("space")),
        partition,
        attributes.optionalBytes("sort").orElseThrow(IllegalArgumentException::new));
  }
}

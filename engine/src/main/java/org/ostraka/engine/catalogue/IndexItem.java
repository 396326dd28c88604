package org.ostraka.engine.catalogue;

import java.util.List;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Index;
import org.ostraka.model.IndexKey;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexProjection;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.LocalIndex;

/** An index as part of its table's record. Part of the format on disk. Stateless. */
final class IndexItem {
  private IndexItem() {}

  static Attributes of(LocalIndex index) {
    return common(index);
  }

  static Attributes of(GlobalIndex index) {
    Attributes attributes =
        common(index)
            .text("status", index.status().name())
            .map("throughput", TableRecordItem.throughput(index.throughput()));
    index.backfilling().ifPresent(begun -> attributes.flag("backfilling", begun));
    TableRecordItem.maximum(attributes, index.onDemandThroughput());
    TableRecordItem.warm(attributes, index.warmThroughput());
    return attributes;
  }

  static LocalIndex local(Attributes attributes, List<AttributeDefinition> definitions) {
    return new LocalIndex(
        new IndexName(attributes.text("name")),
        key(attributes, definitions),
        projection(attributes));
  }

  static GlobalIndex global(Attributes attributes, List<AttributeDefinition> definitions) {
    return new GlobalIndex(
        new IndexName(attributes.text("name")),
        key(attributes, definitions),
        projection(attributes),
        IndexStatus.valueOf(attributes.text("status")),
        attributes.optionalFlag("backfilling"),
        TableRecordItem.throughput(attributes.map("throughput")),
        TableRecordItem.maximum(attributes),
        TableRecordItem.warm(attributes));
  }

  private static Attributes common(Index index) {
    return new Attributes()
        .text("name", index.name().value())
        .texts("partitionKey", names(index.key().partition()))
        .texts("sortKey", names(index.key().sort()))
        .text("projection", index.projection().type().name())
        .texts("nonKeyAttributes", index.projection().nonKeyAttributes());
  }

  private static List<String> names(List<AttributeDefinition> attributes) {
    return attributes.stream().map(AttributeDefinition::name).toList();
  }

  private static IndexKey key(Attributes attributes, List<AttributeDefinition> definitions) {
    return new IndexKey(
        attributes.texts("partitionKey").stream()
            .map(name -> TableRecordItem.named(definitions, name))
            .toList(),
        attributes.texts("sortKey").stream()
            .map(name -> TableRecordItem.named(definitions, name))
            .toList());
  }

  private static IndexProjection projection(Attributes attributes) {
    return new IndexProjection(
        IndexProjection.Type.valueOf(attributes.text("projection")),
        attributes.texts("nonKeyAttributes"));
  }
}

package org.ostraka.engine.transfer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.ostraka.engine.backup.ArchivedTable;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.ExportDescription;
import org.ostraka.model.ExportFilter;
import org.ostraka.model.ExportView;
import org.ostraka.model.Item;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.TransferArn;
import org.ostraka.model.TransferFailure;
import org.ostraka.model.TransferStatus;
import org.ostraka.storage.CorruptDataException;

/** Exports as stored items. Part of the format on disk. Stateless. */
final class ExportItem {
  private ExportItem() {}

  /**
   * An export as it is listed.
   *
   * @param request what was asked for, to which a request with the same token is compared
   */
  record Listed(ExportDescription description, String request) {}

  static Bytes encode(Listed export) {
    return ItemEncoding.encode(of(export.description()).text("request", export.request()).item());
  }

  static Listed listed(Bytes value) {
    return decoded(
        value,
        "an export",
        attributes -> new Listed(description(attributes), attributes.text("request")));
  }

  private static Attributes of(ExportDescription export) {
    Attributes attributes =
        new Attributes()
            .text("export", export.arn().toString())
            .text("tableId", export.tableId())
            .text("status", export.status().name())
            .instant("exportTime", Optional.of(export.exportTime()))
            .text("clientToken", export.clientToken())
            .text("bucket", export.destination().bucket())
            .text("format", export.format().name())
            .instant("end", export.end());
    export.destination().owner().ifPresent(owner -> attributes.text("owner", owner));
    export.destination().prefix().ifPresent(prefix -> attributes.text("prefix", prefix));
    export
        .increment()
        .ifPresent(increment ->
            attributes
                .instant("from", Optional.of(increment.from()))
                .instant("to", Optional.of(increment.to()))
                .text("view", increment.view().name()));
    export.filter().ifPresent(filter -> attributes.map("filter", of(filter)));
    export
        .result()
        .ifPresent(result ->
            attributes
                .number("itemCount", result.itemCount())
                .number("billedSizeBytes", result.billedSizeBytes()));
    export
        .failure()
        .ifPresent(failure ->
            attributes
                .text("failureCode", failure.code())
                .text("failureMessage", failure.message()));
    return attributes;
  }

  private static Attributes of(ExportFilter filter) {
    Attributes attributes = new Attributes();
    filter.keyCondition().ifPresent(text -> attributes.text("keyCondition", text));
    filter.filter().ifPresent(text -> attributes.text("filter", text));
    filter.projection().ifPresent(text -> attributes.text("projection", text));
    filter
        .names()
        .ifPresent(names -> {
          Attributes each = new Attributes();
          names.forEach(each::text);
          attributes.map("names", each);
        });
    filter.values().ifPresent(values -> attributes.bytes("values", encoded(values)));
    return attributes;
  }

  private static Bytes encoded(Map<String, AttributeValue> values) {
    return ItemEncoding.encode(new Item(values));
  }

  private static ExportFilter filter(Attributes attributes) {
    return new ExportFilter(
        attributes.optionalText("keyCondition"),
        attributes.optionalText("filter"),
        attributes.optionalText("projection"),
        attributes.optionalMap("names").map(ExportItem::names),
        attributes.optionalBytes("values").map(values -> ItemEncoding.decode(values).attributes()));
  }

  private static Map<String, String> names(Attributes attributes) {
    Map<String, String> names = new LinkedHashMap<>();
    attributes.names().forEach(name -> names.put(name, attributes.text(name)));
    return names;
  }

  private static ExportDescription description(Attributes attributes) {
    return new ExportDescription(
        TransferArn.parse(TransferArn.Kind.EXPORT, attributes.text("export"))
            .orElseThrow(IllegalArgumentException::new),
        attributes.text("tableId"),
        TransferStatus.valueOf(attributes.text("status")),
        required(attributes, "exportTime"),
        attributes.text("clientToken"),
        new ExportDescription.Destination(
            attributes.text("bucket"),
            attributes.optionalText("owner"),
            attributes.optionalText("prefix")),
        ItemFormat.valueOf(attributes.text("format")),
        attributes
            .optionalText("view")
            .map(view ->
                new ExportDescription.Increment(
                    required(attributes, "from"),
                    required(attributes, "to"),
                    ExportView.valueOf(view))),
        attributes.optionalMap("filter").map(ExportItem::filter),
        attributes.instant("end"),
        attributes.names().contains("itemCount")
            ? Optional.of(
                new ExportDescription.Result(
                    attributes.number("itemCount"), attributes.number("billedSizeBytes")))
            : Optional.empty(),
        attributes
            .optionalText("failureCode")
            .map(code -> new TransferFailure(code, attributes.text("failureMessage"))));
  }

  static Bytes encode(ExportJob job) {
    Attributes attributes =
        of(job.description())
            .list("key", job.key().attributes().stream().map(ExportItem::of).toList())
            .text("chain", job.chain().toString())
            .instant("enabled", Optional.of(job.enabled()));
    job.progress()
        .ifPresent(progress ->
            attributes.map(
                "progress",
                new Attributes()
                    .number("base", progress.place().base())
                    .number("part", progress.place().part())
                    .number("parts", progress.place().parts())
                    .number("segment", progress.place().segment())
                    .number("files", progress.files())
                    .number("items", progress.items())
                    .number("sizeBytes", progress.sizeBytes())));
    return ItemEncoding.encode(attributes.item());
  }

  static ExportJob job(Bytes value) {
    return decoded(
        value,
        "an export in progress",
        attributes ->
            new ExportJob(
                description(attributes),
                key(attributes.list("key")),
                UUID.fromString(attributes.text("chain")),
                required(attributes, "enabled"),
                attributes.optionalMap("progress").map(ExportItem::progress)));
  }

  private static ExportJob.Progress progress(Attributes progress) {
    return new ExportJob.Progress(
        new ArchivedTable.Place(
            Math.toIntExact(progress.number("base")),
            Math.toIntExact(progress.number("part")),
            Math.toIntExact(progress.number("parts")),
            progress.number("segment")),
        progress.number("files"),
        progress.number("items"),
        progress.number("sizeBytes"));
  }

  private static Attributes of(AttributeDefinition definition) {
    return new Attributes().text("name", definition.name()).text("type", definition.type().name());
  }

  private static TableKey key(List<Attributes> stored) {
    List<AttributeDefinition> key =
        stored.stream()
            .map(each ->
                new AttributeDefinition(each.text("name"), ScalarType.valueOf(each.text("type"))))
            .toList();
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a key has an attribute");
    }
    return new TableKey(key.getFirst(), key.stream().skip(1).findFirst());
  }

  static Bytes encode(ExportFile file) {
    return ItemEncoding.encode(
        new Attributes()
            .number("number", file.number())
            .text("key", file.key())
            .number("items", file.items())
            .text("md5", file.md5())
            .text("etag", file.etag())
            .item());
  }

  static ExportFile file(Bytes value) {
    return decoded(
        value,
        "a file of an export",
        attributes ->
            new ExportFile(
                attributes.number("number"),
                attributes.text("key"),
                attributes.number("items"),
                attributes.text("md5"),
                attributes.text("etag")));
  }

  private static Instant required(Attributes attributes, String name) {
    return attributes.instant(name).orElseThrow(IllegalArgumentException::new);
  }

  static <T> T decoded(Bytes value, String what, Function<Attributes, T> reading) {
    try {
      return reading.apply(new Attributes(ItemEncoding.decode(value).attributes()));
    } catch (IllegalArgumentException | ArithmeticException broken) {
      throw new CorruptDataException(what + " cannot be read", broken);
    }
  }
}

package org.ostraka.engine.transfer;

import java.util.List;
import org.ostraka.engine.catalogue.TableRecordItem;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.TransferArn;
import org.ostraka.model.TransferFailure;
import org.ostraka.model.TransferStatus;

/** Imports as stored items. Part of the format on disk. Stateless. */
final class ImportItem {
  private ImportItem() {}

  static Bytes encode(ImportDescription description) {
    return ItemEncoding.encode(of(description).item());
  }

  static Bytes encode(ImportJob job) {
    Attributes attributes = of(job.description()).number("records", job.records());
    job.done().ifPresent(key -> attributes.text("done", key));
    ReadObject.store(job.reading(), attributes);
    return ItemEncoding.encode(attributes.item());
  }

  private static Attributes of(ImportDescription description) {
    ImportDescription.Counts counts = description.counts();
    Attributes attributes =
        new Attributes()
            .text("import", description.arn().toString())
            .map("table", TableRecordItem.description(description.table()))
            .text("status", description.status().name())
            .text("clientToken", description.clientToken())
            .text("bucket", description.source().bucket())
            .text("format", description.format().name())
            .text("compression", description.compression().name())
            .number("bytes", counts.bytes())
            .number("processed", counts.processed())
            .number("imported", counts.imported())
            .number("errors", counts.errors())
            .instant("end", description.end());
    description.source().owner().ifPresent(owner -> attributes.text("owner", owner));
    description.source().prefix().ifPresent(prefix -> attributes.text("prefix", prefix));
    description
        .csv()
        .ifPresent(csv -> {
          Attributes stored = new Attributes().texts("header", csv.header());
          csv.delimiter().ifPresent(delimiter -> stored.text("delimiter", delimiter));
          attributes.map("csv", stored);
        });
    description
        .failure()
        .ifPresent(failure ->
            attributes
                .text("failureCode", failure.code())
                .text("failureMessage", failure.message()));
    return attributes;
  }

  static ImportDescription listed(Bytes value) {
    return ExportItem.decoded(value, "an import", ImportItem::description);
  }

  static ImportJob job(Bytes value) {
    return ExportItem.decoded(
        value,
        "an import in progress",
        attributes ->
            new ImportJob(
                description(attributes),
                attributes.optionalText("done"),
                attributes.number("records"),
                ReadObject.stored(attributes)));
  }

  private static ImportDescription description(Attributes attributes) {
    return new ImportDescription(
        TransferArn.parse(TransferArn.Kind.IMPORT, attributes.text("import"))
            .orElseThrow(IllegalArgumentException::new),
        TableRecordItem.description(attributes.map("table")),
        TransferStatus.valueOf(attributes.text("status")),
        attributes.text("clientToken"),
        new ImportDescription.Source(
            attributes.text("bucket"),
            attributes.optionalText("owner"),
            attributes.optionalText("prefix")),
        ItemFormat.valueOf(attributes.text("format")),
        attributes
            .optionalMap("csv")
            .map(csv ->
                new ImportDescription.Csv(
                    csv.optionalText("delimiter"), List.copyOf(csv.texts("header")))),
        ImportDescription.Compression.valueOf(attributes.text("compression")),
        new ImportDescription.Counts(
            attributes.number("bytes"),
            attributes.number("processed"),
            attributes.number("imported"),
            attributes.number("errors")),
        attributes.instant("end"),
        attributes
            .optionalText("failureCode")
            .map(code -> new TransferFailure(code, attributes.text("failureMessage"))));
  }
}

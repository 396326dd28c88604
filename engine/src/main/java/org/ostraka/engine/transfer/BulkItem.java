package org.ostraka.engine.transfer;

import java.util.List;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.Bytes;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.TransferArn;
import org.ostraka.model.TransferFailure;

/** Bulk operations as stored items. Part of the format on disk. Stateless. */
final class BulkItem {
  private BulkItem() {}

  /**
   * An operation as it is listed.
   *
   * @param request what was asked for, to which a request with the same token is compared
   */
  record Listed(BulkOperation operation, String request) {}

  static Bytes encode(Listed listed) {
    return ItemEncoding.encode(of(listed.operation()).text("request", listed.request()).item());
  }

  static Bytes encode(BulkJob job) {
    Attributes attributes =
        of(job.operation())
            .number("records", job.records())
            .number("doneBytes", job.readBytes())
            .number("errorFiles", job.errorFiles())
            .number("unmetFiles", job.unmetFiles());
    job.done().ifPresent(key -> attributes.text("done", key));
    ReadObject.store(job.reading(), attributes);
    return ItemEncoding.encode(attributes.item());
  }

  static Bytes encode(BulkReport report) {
    return ItemEncoding.encode(
        new Attributes()
            .number("number", report.number())
            .bytes("errors", report.errors())
            .bytes("unmet", report.unmet())
            .item());
  }

  private static Attributes of(BulkOperation operation) {
    BulkOperation.Counts counts = operation.counts();
    Attributes attributes =
        new Attributes()
            .text("bulk", operation.arn().toString())
            .text("tableId", operation.tableId())
            .text("status", operation.status().name())
            .text("clientToken", operation.clientToken())
            .map("input", of(operation.input()))
            .map("output", of(operation.output()))
            .text("tier", operation.tier().name())
            .number("items", counts.items())
            .number("failed", counts.failed())
            .number("unmet", counts.unmet())
            .number("writtenBytes", counts.writtenBytes())
            .number("readBytes", counts.readBytes())
            .instant("end", operation.end());
    operation.maxWriteUnits().ifPresent(units -> attributes.number("maxWriteUnits", units));
    counts.totalBytes().ifPresent(bytes -> attributes.number("totalBytes", bytes));
    operation
        .failure()
        .ifPresent(failure ->
            attributes
                .text("failureCode", failure.code())
                .text("failureMessage", failure.message()));
    return attributes;
  }

  private static Attributes of(BulkOperation.Input input) {
    Attributes attributes =
        new Attributes()
            .text("bucket", input.bucket())
            .text("format", input.format().name())
            .text("compression", input.compression().name());
    input.owner().ifPresent(owner -> attributes.text("owner", owner));
    input.prefix().ifPresent(prefix -> attributes.text("prefix", prefix));
    return attributes;
  }

  private static Attributes of(BulkOperation.Output output) {
    Attributes attributes =
        new Attributes()
            .text("bucket", output.bucket())
            .texts("reports", output.reports().stream().map(Enum::name).toList());
    output.owner().ifPresent(owner -> attributes.text("owner", owner));
    output.prefix().ifPresent(prefix -> attributes.text("prefix", prefix));
    output.algorithm().ifPresent(algorithm -> attributes.text("algorithm", algorithm));
    return attributes;
  }

  static Listed listed(Bytes value) {
    return ExportItem.decoded(
        value,
        "a bulk operation",
        attributes -> new Listed(operation(attributes), attributes.text("request")));
  }

  static BulkJob job(Bytes value) {
    return ExportItem.decoded(
        value,
        "a bulk operation in progress",
        attributes ->
            new BulkJob(
                operation(attributes),
                attributes.optionalText("done"),
                attributes.number("records"),
                ReadObject.stored(attributes),
                attributes.number("doneBytes"),
                attributes.number("errorFiles"),
                attributes.number("unmetFiles")));
  }

  static BulkReport report(Bytes value) {
    return ExportItem.decoded(
        value,
        "a report of a bulk operation",
        attributes ->
            new BulkReport(
                attributes.number("number"),
                attributes.optionalBytes("errors").orElseThrow(IllegalArgumentException::new),
                attributes.optionalBytes("unmet").orElseThrow(IllegalArgumentException::new)));
  }

  private static BulkOperation operation(Attributes attributes) {
    return new BulkOperation(
        TransferArn.parse(TransferArn.Kind.BULK, attributes.text("bulk"))
            .orElseThrow(IllegalArgumentException::new),
        attributes.text("tableId"),
        BulkOperation.Status.valueOf(attributes.text("status")),
        attributes.text("clientToken"),
        input(attributes.map("input")),
        output(attributes.map("output")),
        attributes.optionalNumber("maxWriteUnits"),
        BulkOperation.Tier.valueOf(attributes.text("tier")),
        new BulkOperation.Counts(
            attributes.number("items"),
            attributes.number("failed"),
            attributes.number("unmet"),
            attributes.number("writtenBytes"),
            attributes.number("readBytes"),
            attributes.optionalNumber("totalBytes")),
        attributes.instant("end"),
        attributes
            .optionalText("failureCode")
            .map(code -> new TransferFailure(code, attributes.text("failureMessage"))));
  }

  private static BulkOperation.Input input(Attributes attributes) {
    return new BulkOperation.Input(
        attributes.text("bucket"),
        attributes.optionalText("owner"),
        attributes.optionalText("prefix"),
        ItemFormat.valueOf(attributes.text("format")),
        ImportDescription.Compression.valueOf(attributes.text("compression")));
  }

  private static BulkOperation.Output output(Attributes attributes) {
    List<BulkOperation.Report> reports =
        attributes.texts("reports").stream().map(BulkOperation.Report::valueOf).toList();
    return new BulkOperation.Output(
        attributes.text("bucket"),
        attributes.optionalText("owner"),
        attributes.optionalText("prefix"),
        attributes.optionalText("algorithm"),
        reports);
  }
}

package org.ostraka.cli;

import static org.ostraka.cli.Answers.member;
import static org.ostraka.cli.Answers.text;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;

/** {@code ostraka export}: has a running server export a table to a bucket. */
final class ExportCommand {
  private static final Map<String, String> FORMATS =
      Map.of("json", "DYNAMODB_JSON", "ion", "ION", ParquetExport.FORMAT, "DYNAMODB_JSON");

  private static final Option<String> FORMAT =
      Option.withDefault(
          "--format",
          Kind.text("FORMAT"),
          "json",
          "How items are written: json (DynamoDB JSON), ion, or json and then parquet, of which"
              + " files are made here.");

  private static final Option<Optional<Instant>> AT = time("--at", "The second to export.");

  private static final Option<Optional<Instant>> FROM =
      time("--from", "Exports the changes from this second on.");

  private static final Option<Optional<Instant>> TO =
      time("--to", "The second before which the changes of --from end (default: now).");

  private static final Option<Boolean> NEW_IMAGES =
      Option.flag("--new-images", "Leaves out what changed items were before.");

  static final Command COMMAND =
      ServerCommand.of(
          "ostraka export",
          "Exports a table to a bucket, waits until that is done, and shows the export's ARN and"
              + " its manifest. The table must have point-in-time recovery.",
          List.of(
              new Parameter("TABLE", true, "A table's name or ARN."),
              new Parameter("BUCKET/PREFIX", true, "A bucket, and perhaps a prefix.")),
          Stream.concat(Stream.of(FORMAT, AT, FROM, TO, NEW_IMAGES), ParquetExport.OPTIONS.stream())
              .toList(),
          ExportCommand::run);

  private ExportCommand() {}

  private static Option<Optional<Instant>> time(String name, String description) {
    return Option.optional(
        name, new Kind<>("TIME", "a time like 2026-01-31T12:00:00Z", Answers::time), description);
  }

  private static void run(Arguments given, ApiClient api, PrintWriter out, StatusWait wait) {
    Map<String, JsonValue> request = request(given);
    String table = given.parameters().getFirst();
    Optional<ParquetExport> parquet =
        Optional.of(given)
            .filter(each -> each.get(FORMAT).equals(ParquetExport.FORMAT))
            .map(each -> ParquetExport.of(each, table));
    request.put("TableArn", arn(api, table));
    JsonValue begun = member(api.call("ExportTableToPointInTime", request), "ExportDescription");
    JsonValue arn = member(begun, "ExportArn");
    JsonValue ended =
        wait.untilEnd(
            table,
            () -> member(api.call("DescribeExport", Map.of("ExportArn", arn)), "ExportDescription"),
            "ExportStatus",
            "ItemCount");
    if (!text(ended, "ExportStatus").equals("COMPLETED")) {
      throw new CallException(
          "the export is "
              + text(ended, "ExportStatus")
              + ": "
              + text(ended, "FailureCode")
              + ": "
              + text(ended, "FailureMessage"));
    }
    out.println(text(arn));
    out.println(text(ended, "S3Bucket") + "/" + text(ended, "ExportManifest"));
    out.println(text(ended, "ItemCount") + " items");
    parquet.ifPresent(
        files -> out.println(files.convert(ended, wait) + " items in " + files.directory()));
  }

  private static JsonValue arn(ApiClient api, String table) {
    return table.startsWith("arn:")
        ? new JsonValue.Text(table)
        : member(
            member(
                api.call("DescribeTable", Map.of("TableName", new JsonValue.Text(table))), "Table"),
            "TableArn");
  }

  private static Map<String, JsonValue> request(Arguments given) {
    Map<String, JsonValue> request = new LinkedHashMap<>();
    String[] place = given.parameters().getLast().split("/", 2);
    request.put("S3Bucket", new JsonValue.Text(place[0]));
    if (place.length > 1 && !place[1].isEmpty()) {
      request.put("S3Prefix", new JsonValue.Text(place[1]));
    }
    String format = FORMATS.get(given.get(FORMAT));
    if (format == null) {
      throw new BadArgumentsException("--format is json, ion or parquet, not " + given.get(FORMAT));
    }
    request.put("ExportFormat", new JsonValue.Text(format));
    Optional<Instant> from = given.get(FROM);
    if (from.isEmpty() && (given.get(TO).isPresent() || given.get(NEW_IMAGES))) {
      throw new BadArgumentsException("--to and --new-images need --from");
    }
    if (from.isPresent() && given.get(FORMAT).equals(ParquetExport.FORMAT)) {
      throw new BadArgumentsException("--from exports changes, which parquet has no form for");
    }
    if (from.isPresent() && given.get(AT).isPresent()) {
      throw new BadArgumentsException("--at and --from exclude each other");
    }
    given.get(AT).ifPresent(moment -> request.put("ExportTime", Answers.seconds(moment)));
    from.ifPresent(moment -> {
      request.put("ExportType", new JsonValue.Text("INCREMENTAL_EXPORT"));
      request.put("IncrementalExportSpecification", increment(given, moment));
    });
    return request;
  }

  private static JsonValue increment(Arguments given, Instant from) {
    Map<String, JsonValue> increment = new LinkedHashMap<>();
    increment.put("ExportFromTime", Answers.seconds(from));
    given.get(TO).ifPresent(to -> increment.put("ExportToTime", Answers.seconds(to)));
    if (given.get(NEW_IMAGES)) {
      increment.put("ExportViewType", new JsonValue.Text("NEW_IMAGE"));
    }
    return new JsonValue.Members(increment);
  }
}

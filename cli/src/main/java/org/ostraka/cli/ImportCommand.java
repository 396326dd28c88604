package org.ostraka.cli;

import static org.ostraka.cli.Answers.member;
import static org.ostraka.cli.Answers.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

/** {@code ostraka import}: has a running server make a table of a bucket's objects. */
final class ImportCommand {
  private static final Map<String, String> FORMATS =
      Map.of("json", "DYNAMODB_JSON", "ion", "ION", "csv", "CSV");

  private static final Option<String> FORMAT =
      Option.withDefault(
          "--format",
          Kind.text("FORMAT"),
          "json",
          "How items are written: json (DynamoDB JSON), ion or csv.");

  private static final Option<String> COMPRESSION =
      Option.withDefault(
          "--compression",
          Kind.text("KIND"),
          "none",
          "How objects are compressed: none, gzip (as exports are) or zstd.");

  private static final Option<String> KEY =
      Option.withDefault(
          "--key",
          Kind.text("KEY"),
          "id:S",
          "The table's key: a name and a type, as in id:S, or two of them, as in id:S,at:N.");

  private static final Option<Optional<String>> DELIMITER =
      Option.optional(
          "--delimiter",
          Kind.text("CHARACTER"),
          "What separates values of CSV (default: a comma).");

  private static final Option<Optional<String>> HEADER =
      Option.optional(
          "--header",
          Kind.text("NAMES"),
          "The names of the columns of CSV, joined by commas (default: those of the first line).");

  static final Command COMMAND =
      ServerCommand.of(
          "ostraka import",
          "Makes a table of the objects of a bucket, waits until that is done, and shows the"
              + " import's ARN. Fails if an item was refused; the others are imported.",
          List.of(
              new Parameter(
                  "BUCKET/PREFIX", true, "A bucket, and perhaps how the keys of objects begin."),
              new Parameter("TABLE", true, "The name of the new table.")),
          List.of(FORMAT, COMPRESSION, KEY, DELIMITER, HEADER),
          ImportCommand::run);

  private ImportCommand() {}

  private static void run(Arguments given, ApiClient api, PrintWriter out, StatusWait wait) {
    JsonValue begun = member(api.call("ImportTable", request(given)), "ImportTableDescription");
    JsonValue arn = member(begun, "ImportArn");
    JsonValue ended =
        wait.untilEnd(
            given.parameters().getLast(),
            () ->
                member(
                    api.call("DescribeImport", Map.of("ImportArn", arn)), "ImportTableDescription"),
            "ImportStatus",
            "ImportedItemCount");
    String counts =
        text(ended, "ImportedItemCount") + " items, " + text(ended, "ErrorCount") + " errors";
    if (!text(ended, "ImportStatus").equals("COMPLETED")) {
      throw new CallException(
          "the import is "
              + text(ended, "ImportStatus")
              + " ("
              + counts
              + "): "
              + text(ended, "FailureCode")
              + ": "
              + text(ended, "FailureMessage"));
    }
    out.println(text(arn));
    out.println(counts);
  }

  private static Map<String, JsonValue> request(Arguments given) {
    Map<String, JsonValue> request = new LinkedHashMap<>();
    String[] place = given.parameters().getFirst().split("/", 2);
    Map<String, JsonValue> source = new LinkedHashMap<>();
    source.put("S3Bucket", new JsonValue.Text(place[0]));
    if (place.length > 1 && !place[1].isEmpty()) {
      source.put("S3KeyPrefix", new JsonValue.Text(place[1]));
    }
    request.put("S3BucketSource", new JsonValue.Members(source));
    String format = FORMATS.get(given.get(FORMAT));
    if (format == null) {
      throw new BadArgumentsException("--format is json, ion or csv, not " + given.get(FORMAT));
    }
    request.put("InputFormat", new JsonValue.Text(format));
    request.put(
        "InputCompressionType",
        new JsonValue.Text(given.get(COMPRESSION).toUpperCase(Locale.ROOT)));
    Map<String, JsonValue> csv = new LinkedHashMap<>();
    given.get(DELIMITER).ifPresent(each -> csv.put("Delimiter", new JsonValue.Text(each)));
    given.get(HEADER).ifPresent(names -> csv.put("HeaderList", texts(names)));
    if (!csv.isEmpty()) {
      request.put(
          "InputFormatOptions", new JsonValue.Members(Map.of("Csv", new JsonValue.Members(csv))));
    }
    request.put("TableCreationParameters", table(given));
    return request;
  }

  private static JsonValue texts(String names) {
    return new JsonValue.Elements(
        Stream.of(names.split(",")).map(name -> (JsonValue) new JsonValue.Text(name)).toList());
  }

  private static JsonValue table(Arguments given) {
    List<JsonValue> definitions = new ArrayList<>();
    List<JsonValue> key = new ArrayList<>();
    for (String part : given.get(KEY).split(",")) {
      int colon = part.lastIndexOf(':');
      if (colon < 1 || key.size() == 2) {
        throw new BadArgumentsException("--key is like id:S or id:S,at:N, not " + given.get(KEY));
      }
      JsonValue name = new JsonValue.Text(part.substring(0, colon));
      definitions.add(
          new JsonValue.Members(
              Map.of(
                  "AttributeName",
                  name,
                  "AttributeType",
                  new JsonValue.Text(part.substring(colon + 1)))));
      key.add(
          new JsonValue.Members(
              Map.of(
                  "AttributeName",
                  name,
                  "KeyType",
                  new JsonValue.Text(key.isEmpty() ? "HASH" : "RANGE"))));
    }
    return new JsonValue.Members(
        Map.of(
            "TableName",
            new JsonValue.Text(given.parameters().getLast()),
            "BillingMode",
            new JsonValue.Text("PAY_PER_REQUEST"),
            "AttributeDefinitions",
            new JsonValue.Elements(definitions),
            "KeySchema",
            new JsonValue.Elements(key)));
  }
}

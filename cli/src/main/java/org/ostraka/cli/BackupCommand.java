package org.ostraka.cli;

import static org.ostraka.cli.Answers.member;
import static org.ostraka.cli.Answers.moment;
import static org.ostraka.cli.Answers.text;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;

/** {@code ostraka backup ...}: makes and shows backups of a running server, and restores tables. */
final class BackupCommand {
  private static final int MAX_PAGE = 100;

  private static final Parameter TABLE = new Parameter("TABLE", true, "A table's name or ARN.");
  private static final Parameter ARN = new Parameter("ARN", true, "The backup's ARN.");

  private static final Option<Integer> PAGE_SIZE =
      Option.withDefault(
          "--page-size",
          Kind.whole("N", 1, MAX_PAGE),
          String.valueOf(MAX_PAGE),
          "How many backups one request asks for; all are listed.");

  private static final Option<Optional<String>> SOURCE =
      Option.optional(
          "--table", Kind.text("TABLE"), "The table with point-in-time recovery to go back in.");

  private static final Option<Optional<Instant>> AT =
      Option.optional(
          "--at",
          new Kind<>("TIME", "a time like 2026-01-31T12:00:00Z", Answers::time),
          "The second to which --table goes back.");

  private static final Option<Boolean> LATEST =
      Option.flag("--latest", "Goes back to the latest second that --table can go back to.");

  static final Command CREATE =
      command(
          "create",
          "Makes a backup of a table, waits until it is AVAILABLE and shows its ARN.",
          List.of(TABLE, new Parameter("NAME", true, "The backup's name.")),
          List.of(),
          BackupCommand::create);

  static final Command LIST =
      command(
          "list",
          "Lists backups, also those of deleted tables: ARN, status, type, time, bytes, table,"
              + " name.",
          List.of(new Parameter("TABLE", false, "A table's name or ARN (default: all tables).")),
          List.of(PAGE_SIZE),
          BackupCommand::list);

  static final Command DESCRIBE =
      command("describe", "Describes a backup.", List.of(ARN), List.of(), BackupCommand::describe);

  static final Command DELETE =
      command(
          "delete",
          "Deletes a backup.",
          List.of(ARN),
          List.of(),
          (given, api, _, _) -> api.call("DeleteBackup", named(given)));

  static final Command RESTORE =
      command(
          "restore",
          "Makes a table from a backup, or from another table as it was at --at or --latest; waits"
              + " until it is ACTIVE and shows its ARN.",
          List.of(
              new Parameter("ARN", false, "The backup's ARN; none with --table."),
              new Parameter("TARGET-TABLE", true, "The name of the new table.")),
          List.of(SOURCE, AT, LATEST),
          BackupCommand::restore);

  /** Refuses words that name none of these commands; the program asks it last. */
  static final Command LISTED =
      new Command(
          "ostraka backup",
          List.of("Makes, lists and restores backups of tables; see the commands above."),
          List.of(new Parameter("COMMAND", false, "create, list, describe, delete or restore.")),
          List.of(),
          (given, _, _) -> {
            throw new BadArgumentsException(
                "name a command of backup: create, list, describe, delete or restore"
                    + given.parameter().map(word -> ", not " + word).orElse(""));
          });

  private BackupCommand() {}

  private static Command command(
      String word,
      String description,
      List<Parameter> parameters,
      List<Option<?>> own,
      ServerCommand.Work work) {
    return ServerCommand.of("ostraka backup " + word, description, parameters, own, work);
  }

  private static void create(Arguments given, ApiClient api, PrintWriter out, StatusWait wait) {
    Map<String, JsonValue> request =
        Map.of(
            "TableName",
            new JsonValue.Text(given.parameters().getFirst()),
            "BackupName",
            new JsonValue.Text(given.parameters().getLast()));
    JsonValue arn = member(member(api.call("CreateBackup", request), "BackupDetails"), "BackupArn");
    wait.until(
        "AVAILABLE",
        given.parameters().getLast(),
        () ->
            text(
                member(
                    member(
                        api.call("DescribeBackup", Map.of("BackupArn", arn)), "BackupDescription"),
                    "BackupDetails"),
                "BackupStatus"));
    out.println(text(arn));
  }

  private static void list(Arguments given, ApiClient api, PrintWriter out, StatusWait wait) {
    Map<String, JsonValue> request = new LinkedHashMap<>();
    given.parameter().ifPresent(table -> request.put("TableName", new JsonValue.Text(table)));
    request.put("Limit", new JsonValue.Numeric(BigDecimal.valueOf(given.get(PAGE_SIZE))));
    request.put("BackupType", new JsonValue.Text("ALL"));
    Optional<JsonValue> last;
    do {
      JsonValue.Members page = api.call("ListBackups", request);
      if (member(page, "BackupSummaries") instanceof JsonValue.Elements(List<JsonValue> backups)) {
        backups.forEach(backup -> out.println(line(backup)));
      }
      last = page.member("LastEvaluatedBackupArn");
      last.ifPresent(arn -> request.put("ExclusiveStartBackupArn", arn));
    } while (last.isPresent());
  }

  private static String line(JsonValue backup) {
    return String.join(
        " ",
        text(backup, "BackupArn"),
        text(backup, "BackupStatus"),
        text(backup, "BackupType"),
        moment(member(backup, "BackupCreationDateTime")),
        text(backup, "BackupSizeBytes"),
        text(backup, "TableName"),
        text(backup, "BackupName"));
  }

  private static void describe(Arguments given, ApiClient api, PrintWriter out, StatusWait wait) {
    JsonValue description = member(api.call("DescribeBackup", named(given)), "BackupDescription");
    show(member(description, "BackupDetails"), out);
    show(member(description, "SourceTableDetails"), out);
  }

  /** Shows the members that are single values, one a line. */
  private static void show(JsonValue details, PrintWriter out) {
    if (details instanceof JsonValue.Members(Map<String, JsonValue> values)) {
      values.forEach((name, value) -> {
        if (value instanceof JsonValue.Text || value instanceof JsonValue.Numeric) {
          out.println(name + ": " + (name.endsWith("DateTime") ? moment(value) : text(value)));
        }
      });
    }
  }

  private static void restore(Arguments given, ApiClient api, PrintWriter out, StatusWait wait) {
    JsonValue target = new JsonValue.Text(given.parameters().getLast());
    Map<String, JsonValue> request = new LinkedHashMap<>(source(given));
    request.put("TargetTableName", target);
    String operation =
        request.containsKey("BackupArn") ? "RestoreTableFromBackup" : "RestoreTableToPointInTime";
    JsonValue table = member(api.call(operation, request), "TableDescription");
    wait.until(
        "ACTIVE",
        text(target),
        () ->
            text(
                member(api.call("DescribeTable", Map.of("TableName", target)), "Table"),
                "TableStatus"));
    out.println(text(table, "TableArn"));
  }

  /** Returns the members of a request that say what to restore. */
  private static Map<String, JsonValue> source(Arguments given) {
    Optional<String> table = given.get(SOURCE);
    Optional<Instant> at = given.get(AT);
    boolean hasBackup = given.parameters().size() > 1;
    if (hasBackup == table.isPresent()) {
      throw new BadArgumentsException("name either the ARN of a backup or --table");
    }
    if (hasBackup) {
      if (at.isPresent() || given.get(LATEST)) {
        throw new BadArgumentsException("--at and --latest need --table");
      }
      return named(given);
    }
    if (at.isPresent() == given.get(LATEST)) {
      throw new BadArgumentsException("--table needs either --at or --latest");
    }
    String name = table.orElseThrow();
    return Map.of(
        name.startsWith("arn:") ? "SourceTableArn" : "SourceTableName",
        new JsonValue.Text(name),
        at.isPresent() ? "RestoreDateTime" : "UseLatestRestorableTime",
        at.map(Answers::seconds).orElse(new JsonValue.Flag(true)));
  }

  private static Map<String, JsonValue> named(Arguments given) {
    return Map.of("BackupArn", new JsonValue.Text(given.parameters().getFirst()));
  }
}

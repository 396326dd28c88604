package org.ostraka.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.cli.analytics.Analytics;
import org.ostraka.cli.analytics.AnalyticsException;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;

/** {@code ostraka query}: SQL over exports in Parquet. */
final class QueryCommand {
  private static final int FAILED = 1;

  private static final Option<List<String>> FROM =
      Option.list(
          "--from",
          Kind.text("DIRECTORY"),
          "A directory of Parquet files; its name is that of the table, or NAME=DIRECTORY.");

  private static final Option<String> FORMAT =
      Option.withDefault(
          "--format", Kind.text("FORMAT"), "table", "How rows are shown: table or csv.");

  static final Command COMMAND =
      new Command(
          "ostraka query",
          List.of(
              "Answers a statement of SQL over exports in Parquet (ostraka export --format"
                  + " parquet), with joins and aggregates, by DuckDB. The server is not asked.",
              "The statement sees the directories of --from and nothing else."),
          List.of(new Parameter("SQL", true, "The statement.")),
          List.of(FROM, FORMAT),
          QueryCommand::run);

  private QueryCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    Map<String, Path> tables = new LinkedHashMap<>();
    for (String named : given.get(FROM)) {
      int equals = named.indexOf('=');
      Path directory = Path.of(named.substring(equals + 1));
      String name =
          equals > 0
              ? named.substring(0, equals)
              : String.valueOf(directory.toAbsolutePath().normalize().getFileName());
      if (!Files.isDirectory(directory)) {
        throw new BadArgumentsException("--from: there is no directory " + directory);
      }
      if (tables.put(name, directory) != null) {
        throw new BadArgumentsException("--from: two tables are called " + name);
      }
    }
    if (tables.isEmpty()) {
      throw new BadArgumentsException("--from is missing");
    }
    Analytics.Form form =
        switch (given.get(FORMAT)) {
          case "table" -> Analytics.Form.TABLE;
          case "csv" -> Analytics.Form.CSV;
          default ->
              throw new BadArgumentsException("--format is table or csv, not " + given.get(FORMAT));
        };
    try {
      Analytics.load().query(given.parameters().getFirst(), tables, form, out);
      return 0;
    } catch (AnalyticsException failed) {
      err.println("ostraka: " + failed.getMessage());
      return FAILED;
    }
  }
}

package org.ostraka.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.cli.Main;

/** Tables exported as Parquet by the command line from a real server, and queried. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ParquetExportTest {
  @TempDir Path parent;

  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.over(parent.resolve("data"));
    Files.createDirectories(parent.resolve("data/buckets/out"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void joinsAndAggregatesOverExportsAgreeWithWhatWasPut() {
    server.makeTable("votes");
    server.makeTable("voters");
    long sum = 0;
    for (int i = 0; i < 60; i++) {
      server.put(
          "votes",
          "{'id':{'S':'v%d'},'voter':{'S':'p%d'},'weight':{'N':'%d'}}".formatted(i, i % 20, i));
      sum += i % 20 < 10 ? i : 0;
    }
    for (int i = 0; i < 20; i++) {
      server.put("voters", "{'id':{'S':'p%d'},'city':{'S':'%s'}}".formatted(i, i < 10 ? "a" : "b"));
    }
    export("votes");
    export("voters");
    Outcome answer =
        run(
            "query",
            "SELECT city, count(*) AS votes, sum(weight) AS weight FROM votes JOIN voters p ON"
                + " voter = p.id GROUP BY city ORDER BY city",
            "--from",
            parent.resolve("votes") + "," + parent.resolve("voters"),
            "--format",
            "csv");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .isEqualTo("city,votes,weight\r\na,30," + sum + "\r\nb,30," + (1770 - sum) + "\r\n");
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    server.makeTable("votes");
    server.put("votes", "{'id':{'S':'1'}}");
    Outcome elsewhere =
        run(
            "export",
            "votes",
            "out",
            "--format",
            "parquet",
            "--endpoint-url",
            server.url(),
            "--into",
            parent.resolve("other").toString(),
            "--buckets",
            parent.resolve("nowhere").toString());
    assertThat(elsewhere.err())
        .startsWith("ostraka: the export cannot be read")
        .contains("--buckets or --s3-endpoint");
    assertThat(parent.resolve("other")).doesNotExist();
    export("votes");
    assertThat(exported("votes").err())
        .isEqualTo(
            "ostraka: "
                + parent.resolve("votes")
                + " exists already; --into names another directory\n");
    String votes = parent.resolve("votes").toString();
    assertThat(run("query", "SELEC 1", "--from", votes).err())
        .startsWith("ostraka: Parser Error: syntax error at or near \"SELEC\"");
    assertThat(run("query", "SELECT 1").err()).startsWith("ostraka: --from is missing");
    assertThat(run("query", "SELECT 1", "--from", votes + "x").status()).isEqualTo(2);
    assertThat(run("query", "SELECT count(*) AS n FROM v", "--from", "v=" + votes).out())
        .isEqualTo("n\n1\n");
  }

  /** The values of ExportFormat are those of "ExportTableToPointInTime" (API Reference). */
  @Test
  void theApiKnowsNoParquet() {
    HttpResponse<String> answer =
        server.answer(
            "ExportTableToPointInTime",
            "{'TableArn':'arn:aws:dynamodb:us-east-1:000000000000:table/votes','S3Bucket':'out',"
                + "'ExportFormat':'PARQUET'}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("ValidationException")
        .contains("Member must satisfy enum value set")
        .contains("DYNAMODB_JSON");
  }

  private void export(String table) {
    Outcome outcome = exported(table);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).endsWith(" items in " + parent.resolve(table) + "\n");
  }

  private Outcome exported(String table) {
    return run(
        "export",
        table,
        "out",
        "--format",
        "parquet",
        "--endpoint-url",
        server.url(),
        "--into",
        parent.resolve(table).toString(),
        "--buckets",
        parent.resolve("data/buckets").toString());
  }

  private record Outcome(int status, String out, String err) {}

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Outcome(status, out.toString(), err.toString());
  }
}

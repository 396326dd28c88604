package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.server.OstrakaServer;

/** Tables exported and imported by the command line, on a real server with its directories. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TransferCommandTest {
  @TempDir Path parent;

  private Path bucket;
  private OstrakaServer server;

  @BeforeEach
  void start() throws Exception {
    server = LocalServer.over(parent.resolve("data"));
    bucket = Files.createDirectories(parent.resolve("elsewhere"));
    Path buckets = Files.createDirectories(parent.resolve("data/buckets"));
    // A bucket may be on another disk.
    var _ = Files.createSymbolicLink(buckets.resolve("out"), bucket);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aTableComesBackFromItsExport() throws Exception {
    Files.writeString(bucket.resolve("votes.csv"), "id,choice\n1,yes\n2,no\n");
    assertThat(done("import", "out/votes.csv", "votes", "--format", "csv"))
        .matches("arn:aws:dynamodb:[^\n]+:table/votes/import/[^\n]+\n2 items, 0 errors\n");
    enableRecovery();
    List<String> exported = done("export", "votes", "out/copies").lines().toList();
    assertThat(exported.get(0)).contains(":table/votes/export/");
    assertThat(exported.get(1)).matches("out/copies/AWSDynamoDB/[^/]+/manifest-summary.json");
    assertThat(exported.get(2)).isEqualTo("2 items");
    String data = exported.get(1).replace("manifest-summary.json", "data/");
    assertThat(done("import", data, "again", "--compression", "gzip"))
        .endsWith("\n2 items, 0 errors\n");
  }

  @Test
  void whatFailsIsSaid() throws Exception {
    Files.writeString(bucket.resolve("bad.csv"), "name\nsolon\n");
    Outcome outcome = run("import", "out/bad.csv", "bad", "--format", "csv");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("the import is FAILED (0 items, 1 errors): ItemValidationError: Some of");
    enableRecovery("bad");
    assertThat(run("export", "bad", "nowhere").err())
        .isEqualTo(
            "ostraka: the export is FAILED: S3NoSuchBucket: The specified bucket does not exist\n");
    assertThat(run("export", "none", "out").err()).contains("ResourceNotFoundException");
  }

  @Test
  void argumentsThatContradictEachOtherAreRefused() {
    String time = "2026-01-31T12:00:00Z";
    assertThat(run("export", "votes", "out", "--format", "csv").err())
        .contains("--format is json, ion or parquet, not csv");
    assertThat(run("export", "votes", "out", "--to", time).err())
        .contains("--to and --new-images need --from");
    assertThat(run("export", "votes", "out", "--from", time, "--at", time).err())
        .contains("--at and --from exclude each other");
    assertThat(run("import", "out", "votes", "--key", "id").err())
        .contains("--key is like id:S or id:S,at:N, not id");
    assertThat(run("import", "out", "votes", "--format", "parquet").status()).isEqualTo(2);
  }

  private void enableRecovery() {
    enableRecovery("votes");
  }

  private void enableRecovery(String table) {
    try (ApiClient api =
        new ApiClient(
            URI.create(endpoint()),
            ServerOptions.signer(System.getenv()),
            ServerOptions.tls(Map.of(), InstantSource.system()),
            InstantSource.system())) {
      var _ =
          api.call(
              "UpdateContinuousBackups",
              Map.of(
                  "TableName",
                  new JsonValue.Text(table),
                  "PointInTimeRecoverySpecification",
                  new JsonValue.Members(
                      Map.of("PointInTimeRecoveryEnabled", new JsonValue.Flag(true)))));
    }
  }

  private String endpoint() {
    return "http://127.0.0.1:" + server.port();
  }

  private Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--endpoint-url");
    all.add(endpoint());
    return Outcome.of(all.toArray(String[]::new));
  }

  private String done(String... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome.out();
  }
}

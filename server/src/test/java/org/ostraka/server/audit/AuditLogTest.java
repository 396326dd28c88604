package org.ostraka.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.server.http.Peer;

/** What the audit log writes, and what its check finds. */
final class AuditLogTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final AuditedOperation CREATE_TABLE =
      new AuditedOperation("dynamodb.amazonaws.com", "CreateTable", "2012-08-10");
  private static final AuditedOperation PUT_ITEM =
      new AuditedOperation("dynamodb.amazonaws.com", "PutItem", "2012-08-10");
  private static final AuditedOperation GET_ITEM =
      new AuditedOperation("dynamodb.amazonaws.com", "GetItem", "2012-08-10");

  @TempDir private Path parent;
  private Path directory;

  @BeforeEach
  void nameTheDirectory() {
    directory = parent.resolve("audit");
  }

  private AuditLog open(ItemEvents dataEvents, long fileBytes) {
    try {
      return AuditLog.open(
          new AuditSettings(directory, dataEvents, fileBytes, 0),
          InstantSource.fixed(NOW),
          System::nanoTime,
          Thread.ofPlatform().name("audit").factory(),
          () -> new byte[32]);
    } catch (AuditException e) {
      throw new AssertionError(e);
    }
  }

  private static AuditEvent event(AuditedOperation operation, int number) {
    AccountId account = new AccountId("123456789012");
    Principal user = new Principal.User(account, "AKIDTALLY", "AIDATALLY", "/votes/", "tally");
    return new AuditEvent(
        NOW,
        operation,
        new AuditEvent.Sender.Signer(
            new Caller(user, new Owner(account, new Region("eu-central-1")))),
        "eu-central-1",
        Peer.loopback(),
        "aws-sdk-java/2 \"quoted\"\n",
        new AuditEvent.Parameters("{\"tableName\":\"votes\"}", List.of("votes")),
        Optional.empty(),
        "REQUEST" + number,
        "event-" + number,
        0);
  }

  private static void record(AuditLog log, AuditedOperation operation, int number) {
    try (AuditLog.Place place = log.place(operation)) {
      place.record(event(operation, number));
    }
  }

  private void write(int events, long fileBytes) {
    try (AuditLog log = open(ItemEvents.ALL, fileBytes)) {
      for (int i = 0; i < events; i++) {
        record(log, i % 10 == 0 ? CREATE_TABLE : PUT_ITEM, i);
      }
    }
  }

  private AuditCheck.Report check() {
    try {
      return AuditCheck.run(directory, Optional.of(directory.resolve("seal.first")));
    } catch (IOException | AuditException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> files() throws IOException {
    return AuditDirectory.files(directory);
  }

  private void rewrite(Path file, List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  @Test
  void aLineHasTheShapeOfCloudTrail() throws IOException {
    write(1, 1 << 20);
    assertThat(Files.readAllLines(files().getFirst()).getFirst())
        .isEqualTo(
            """
            {"sequence":1,"previousHash":"%s","eventVersion":"1.11","userIdentity":{"type":"IAMUser",\
            "principalId":"AIDATALLY","arn":"arn:aws:iam::123456789012:user/votes/tally",\
            "accountId":"123456789012","accessKeyId":"AKIDTALLY","userName":"tally"},\
            "eventTime":"2026-11-28T12:00:00Z","eventSource":"dynamodb.amazonaws.com",\
            "eventName":"CreateTable","awsRegion":"eu-central-1","sourceIPAddress":"127.0.0.1",\
            "userAgent":"aws-sdk-java/2 \\"quoted\\"\\u000a","requestParameters":{"tableName":"votes"},\
            "responseElements":null,"resources":[{"accountId":"123456789012",\
            "type":"AWS::DynamoDB::Table",\
            "ARN":"arn:aws:dynamodb:eu-central-1:123456789012:table/votes"}],"requestID":"REQUEST0",\
            "eventID":"event-0","readOnly":false,"eventType":"AwsApiCall","apiVersion":"2012-08-10",\
            "managementEvent":true,"recipientAccountId":"123456789012","eventCategory":"Management"}\
            """
                .formatted("0".repeat(64)));
  }

  @Test
  void aSoundLogHasNoProblemsOverItsFilesAndStarts() throws IOException {
    write(30, 4096);
    write(30, 4096);
    AuditCheck.Report report = check();
    assertThat(report.problems()).isEmpty();
    assertThat(files()).hasSizeGreaterThan(3);
    assertThat(report.lines() - report.seals()).isEqualTo(60);
    assertThat(report.unsealed()).isZero();
  }

  @Test
  void operationsOnItemsAreRecordedByTheSetting() {
    try (AuditLog log = open(ItemEvents.NONE, 1 << 20)) {
      assertThat(log.records(CREATE_TABLE)).isTrue();
      assertThat(log.records(PUT_ITEM)).isFalse();
    }
    try (AuditLog log = open(ItemEvents.WRITES, 1 << 20)) {
      assertThat(log.records(PUT_ITEM)).isTrue();
      assertThat(log.records(GET_ITEM)).isFalse();
    }
    try (AuditLog log = open(ItemEvents.ALL, 1 << 20)) {
      assertThat(log.records(GET_ITEM)).isTrue();
    }
  }

  @Test
  void aLineThatIsRemovedChangedOrMovedIsFoundWhereverItIs() throws IOException {
    write(20, 1 << 20);
    Path file = files().getFirst();
    List<String> sound = Files.readAllLines(file);
    for (int i = 0; i < sound.size(); i++) {
      List<String> removed = new ArrayList<>(sound);
      removed.remove(i);
      rewrite(file, removed);
      assertThat(check().problems()).as("line %d removed", i + 1).isNotEmpty();
      List<String> changed = new ArrayList<>(sound);
      changed.set(i, sound.get(i).replace("2026-11-28", "2026-11-27"));
      rewrite(file, changed);
      // The seal after the last event shows a change of it; that of the last seal shows nothing.
      boolean isLastSeal = i == sound.size() - 1;
      assertThat(check().problems().isEmpty()).as("line %d changed", i + 1).isEqualTo(isLastSeal);
      if (i > 0) {
        List<String> moved = new ArrayList<>(sound);
        Collections.swap(moved, i - 1, i);
        rewrite(file, moved);
        assertThat(check().problems()).as("line %d moved", i + 1).isNotEmpty();
      }
    }
    rewrite(file, sound);
    assertThat(check().problems()).isEmpty();
  }

  @Test
  void aTailThatIsCutOffIsFoundByTheSeals() throws IOException {
    write(20, 1 << 20);
    Path file = files().getFirst();
    List<String> lines = Files.readAllLines(file);
    rewrite(file, lines.subList(0, 10));
    assertThat(check().problems())
        .singleElement()
        .asString()
        .contains("the log is cut off: it ends before seal 0");
  }

  @Test
  void aTailThatIsCutOffWithAForgedKeyIsFoundByWhoeverHasTheFirstKey() throws IOException {
    write(20, 4096);
    write(20, 4096);
    Path key = directory.resolve("seal.key");
    List<Path> files = files();
    Files.delete(files.getLast());
    for (int number = 0; number < files.size(); number++) {
      Files.writeString(key, number + " " + "f".repeat(64) + "\n");
      assertThat(check().problems()).as("seal %d", number).isNotEmpty();
    }
  }

  @Test
  void aForgedNumberOfASealIsAProblemAndNotALongWait() throws IOException {
    write(20, 1 << 20);
    Path file = files().getFirst();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.add(lines.removeLast().replace("\"sealNumber\":0", "\"sealNumber\":999999999999999999"));
    rewrite(file, lines);
    assertThat(check().problems().toString()).contains("has a number that cannot be");
  }

  @Test
  void aDirectoryBelongsToOneLog() {
    try (AuditLog _ = open(ItemEvents.ALL, 1 << 20)) {
      assertThatThrownBy(() -> open(ItemEvents.ALL, 1 << 20))
          .hasMessageContaining("is the audit log of another server");
    }
    open(ItemEvents.ALL, 1 << 20).close();
  }

  @Test
  void aChainThatIsMadeAnewDoesNotHaveTheSeals() throws IOException {
    write(20, 1 << 20);
    Path elsewhere = parent.resolve("elsewhere");
    Files.move(directory, elsewhere);
    try (AuditLog log =
        AuditLog.open(
            new AuditSettings(directory, ItemEvents.ALL, 1 << 20, 0),
            InstantSource.fixed(NOW),
            System::nanoTime,
            Thread.ofPlatform().factory(),
            () ->
                new byte[] {
                  1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3,
                  4, 5, 6, 7, 8
                })) {
      record(log, CREATE_TABLE, 0);
    } catch (AuditException e) {
      throw new AssertionError(e);
    }
    Files.copy(
        elsewhere.resolve("seal.first"),
        directory.resolve("seal.first"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(check().problems())
        .singleElement()
        .asString()
        .contains("seal 0 was not made with the log's key");
  }

  @Test
  void aFileThatIsRemovedBetweenOthersIsFound() throws IOException {
    write(60, 4096);
    Files.delete(files().get(1));
    assertThat(check().problems()).isNotEmpty();
  }

  @Test
  void theOldestFilesMayBeGone() throws IOException {
    write(60, 4096);
    Files.delete(files().getFirst());
    assertThat(check().problems()).isEmpty();
  }

  @Test
  void whatACrashLeftOfALineIsCutOffAndTheChainGoesOn() throws IOException {
    write(5, 1 << 20);
    Path file = files().getFirst();
    Files.writeString(file, "{\"sequence\":7,\"previ", StandardOpenOption.APPEND);
    assertThat(check().problems())
        .singleElement()
        .asString()
        .endsWith("the last line is incomplete");
    write(5, 1 << 20);
    assertThat(check().problems()).isEmpty();
    assertThat(check().lines()).isEqualTo(12);
  }

  @Test
  void aCrashBetweenASealAndItsNextKeyLeavesASoundLog() throws IOException {
    try (AuditLog log = open(ItemEvents.ALL, 1 << 20)) {
      record(log, CREATE_TABLE, 0);
      Files.copy(directory.resolve("seal.key"), parent.resolve("before"));
    }
    Files.copy(
        parent.resolve("before"),
        directory.resolve("seal.key"),
        StandardCopyOption.REPLACE_EXISTING);
    write(1, 1 << 20);
    assertThat(check().problems()).isEmpty();
    assertThat(check().seals()).isEqualTo(2);
  }

  @Test
  void requestsThatWereNotAuthenticatedAreRecordedAtABoundedRateAndCounted() throws IOException {
    try (AuditLog log =
        AuditLog.open(
            new AuditSettings(directory, ItemEvents.ALL, 1 << 20, 0),
            InstantSource.fixed(NOW),
            () -> 0,
            Thread.ofPlatform().factory(),
            () -> new byte[32])) {
      for (int i = 0; i < 1000; i++) {
        log.refused(_ -> event(CREATE_TABLE, 0));
      }
    } catch (AuditException e) {
      throw new AssertionError(e);
    }
    assertThat(check().lines()).isEqualTo(11);
  }
}

package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.server.OstrakaServer;

/** Tables copied between two real servers. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CopyCommandTest {
  private static final String NO_DIFFERENCES = ": no differences";

  @TempDir Path parent;

  private OstrakaServer left;
  private OstrakaServer right;
  private ApiClient source;
  private ApiClient target;

  @BeforeEach
  void start() throws Exception {
    left = LocalServer.over(parent.resolve("left"));
    right = LocalServer.over(parent.resolve("right"));
    source = client(left);
    target = client(right);
  }

  @AfterEach
  void stop() {
    source.close();
    target.close();
    left.close();
    right.close();
  }

  @Test
  void aCopyHasAllThatWritersDoMeanwhile() {
    makeTable();
    put(source, 0, 600);
    AtomicBoolean isOver = new AtomicBoolean();
    List<CompletableFuture<Long>> writers =
        IntStream.range(0, 2)
            .mapToObj(seed -> CompletableFuture.supplyAsync(() -> write(seed, isOver)))
            .toList();
    Outcome first = copy("--rate", "500");
    assertThat(first.err()).isEmpty();
    isOver.set(true);
    long writes = writers.stream().mapToLong(CompletableFuture::join).sum();
    assertThat(writes).isPositive();
    assertThat(first.out())
        .contains("table votes made at the target\n")
        .contains("the source's stream was off; it is on now, and stays on\n")
        .containsPattern("\n[1-9][0-9]* changes followed\n");
    Outcome second = copy();
    assertThat(second.out())
        .startsWith("going on after ")
        .doesNotContain("items copied")
        .endsWith(NO_DIFFERENCES + "\n");
    assertThat(second.status()).isZero();
    assertThat(items(target)).isEqualTo(items(source));
  }

  @Test
  void aSecondCopyWithTheSameStateIsRefused() throws Exception {
    makeTable();
    put(source, 0, 5);
    Path file = parent.resolve("state.lock");
    try (FileChannel first =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(first.tryLock()).isNotNull();
      Outcome second = copy();
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err()).isEqualTo("ostraka: " + state() + " is in use by another copy\n");
      assertThat(state()).doesNotExist();
    }
    assertThat(copy().status()).isZero();
    assertThat(items(target)).isEqualTo(items(source));
  }

  @Test
  void aCopyThatIsKilledGoesOn() throws Exception {
    makeTable();
    put(source, 0, 2000);
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments("--rate", "1000", "--segments", "2")));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(parent.toFile(), "log"))
            .start();
    while (!Files.exists(state()) || !hasCopied()) {
      assertThat(process.isAlive()).as(Files.readString(parent.resolve("log"))).isTrue();
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    put(source, 0, 5);
    call(source, "DeleteItem", "{'TableName':'votes','Key':{'id':{'S':'7'},'at':{'N':'7'}}}");
    assertThat(items(target)).hasSizeBetween(1, 1998);
    Outcome again = copy();
    assertThat(again.err()).isEmpty();
    assertThat(again.out())
        .startsWith("going on after ")
        .doesNotContain("going on after 0 ")
        .endsWith("1999 items at the source, 1999 at the target" + NO_DIFFERENCES + "\n");
    assertThat(again.status()).isZero();
    assertThat(items(target)).isEqualTo(items(source));
  }

  @Test
  void moreDifferencesThanAreComparedAtOnceAreRepaired() {
    makeTable();
    put(source, 0, 5);
    assertThat(copy("--no-tail").status()).isZero();
    put(source, 5, 5_600);
    put(target, 6_000, 6_010);
    Outcome repaired = copy("--verify-only", "--repair", "--segments", "1");
    assertThat(repaired.out())
        .isEqualTo(
            "5605 items repaired\n"
                + "5600 items at the source, 5600 at the target"
                + NO_DIFFERENCES
                + "\n");
    assertThat(repaired.status()).isZero();
    assertThat(items(target)).isEqualTo(items(source));
  }

  @Test
  void itemsThatDifferAreNamedAndRepaired() {
    makeTable();
    put(source, 0, 100);
    assertThat(copy("--no-tail").status()).isZero();
    call(
        target,
        "UpdateItem",
        "{'TableName':'votes','Key':{'id':{'S':'3'},'at':{'N':'3'}},"
            + "'UpdateExpression':'SET extra = :x','ExpressionAttributeValues':{':x':{'N':'1'}}}");
    call(target, "DeleteItem", "{'TableName':'votes','Key':{'id':{'S':'4'},'at':{'N':'4'}}}");
    put(target, 200, 201);
    Outcome found = copy("--verify-only");
    assertThat(found.status()).isEqualTo(1);
    assertThat(found.out().lines())
        .containsExactlyInAnyOrder(
            "{\"id\":{\"S\":\"3\"},\"at\":{\"N\":\"3\"}} has another item at the target",
            "{\"id\":{\"S\":\"4\"},\"at\":{\"N\":\"4\"}} is not at the target",
            "{\"id\":{\"S\":\"200\"},\"at\":{\"N\":\"200\"}} is not at the source",
            "100 items at the source, 100 at the target: 3 differences");
    Outcome repaired = copy("--verify-only", "--repair");
    assertThat(repaired.out())
        .isEqualTo(
            "3 items repaired\n100 items at the source, 100 at the target: no differences\n");
    assertThat(repaired.status()).isZero();
    assertThat(items(target)).isEqualTo(items(source));
  }

  @Test
  void theTableIsMadeLikeTheSource() {
    makeTable();
    assertThat(copy("--no-tail", "--target-table", "ballots").status()).isZero();
    JsonValue one = described(source, "votes");
    JsonValue other = described(target, "ballots");
    for (String same : List.of("KeySchema", "AttributeDefinitions", "BillingModeSummary")) {
      assertThat(known(other, same)).isEqualTo(known(one, same));
    }
    for (String kind : List.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes")) {
      JsonValue left = ((JsonValue.Elements) Answers.member(one, kind)).values().getFirst();
      JsonValue right = ((JsonValue.Elements) Answers.member(other, kind)).values().getFirst();
      for (String same : List.of("IndexName", "KeySchema", "Projection")) {
        assertThat(Answers.member(right, same)).isEqualTo(Answers.member(left, same));
      }
    }
    assertThat(Answers.optional(one, "StreamSpecification")).isEmpty();
    assertThat(state()).doesNotExist();
  }

  @Test
  void failBackRunsTheOtherWay() {
    makeTable();
    put(source, 0, 50);
    assertThat(copy("--with-stream").status()).isZero();
    put(target, 50, 60);
    call(target, "DeleteItem", "{'TableName':'votes','Key':{'id':{'S':'1'},'at':{'N':'1'}}}");
    String[] back = {
      "copy", url(right), url(left), "votes", "--state", parent.resolve("back").toString()
    };
    assertThat(Outcome.of(back).err())
        .isEqualTo(
            "ostraka: the target's table has items; --overwrite lets the copy replace them\n");
    List<String> all = new ArrayList<>(List.of(back));
    all.addAll(List.of("--overwrite", "--repair"));
    Outcome outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.out()).contains("\n1 items repaired\n").endsWith(NO_DIFFERENCES + "\n");
    assertThat(outcome.status()).isZero();
    assertThat(items(source)).isEqualTo(items(target)).hasSize(59);
  }

  @Test
  void aStreamThatWasSwitchedOffMeanwhileIsNoticed() {
    makeTable();
    put(source, 0, 10);
    assertThat(copy().status()).isZero();
    call(
        source,
        "UpdateTable",
        "{'TableName':'votes','StreamSpecification':{'StreamEnabled':false}}");
    put(source, 10, 20);
    assertThat(copy().err())
        .isEqualTo(
            "ostraka: the source's stream was switched off since the copy began, so changes are"
                + " missing; delete "
                + state()
                + " and copy anew\n");
  }

  @Test
  void whatCannotBeCopiedIsRefused() throws Exception {
    assertThat(copy().err()).isEqualTo("ostraka: " + url(left) + " has no table votes\n");
    makeTable();
    call(
        target,
        "CreateTable",
        "{'TableName':'votes','BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'N'}],"
            + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}");
    assertThat(copy().err())
        .isEqualTo("ostraka: the target's table has the key [id:N], the source's [id:S, at:N]\n");
    assertThat(copy("--no-tail", "--follow").status()).isEqualTo(2);
    assertThat(Outcome.of("copy", url(left), url(left), "votes").err())
        .startsWith("ostraka: a table cannot be copied to itself");
    Files.writeString(state(), "{\"version\":1,\"copy\":\"another\"}");
    assertThat(copy().err())
        .isEqualTo("ostraka: " + state() + " is the state of another copy: another\n");
  }

  @Test
  void aCopyToItselfByAnotherNameIsRefused() {
    makeTable();
    put(source, 0, 1);
    Outcome outcome =
        Outcome.of(
            "copy",
            url(left),
            "http://localhost:" + left.port(),
            "votes",
            "--overwrite",
            "--state",
            state().toString());
    assertThat(outcome.err()).isEqualTo("ostraka: source and target are the same table\n");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(state()).doesNotExist();
  }

  private void makeTable() {
    call(
        source,
        "CreateTable",
        "{'TableName':'votes','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
            + "{'AttributeName':'id','AttributeType':'S'},{'AttributeName':'at','AttributeType':'N'},"
            + "{'AttributeName':'choice','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'},"
            + "{'AttributeName':'at','KeyType':'RANGE'}],"
            + "'GlobalSecondaryIndexes':[{'IndexName':'choices','KeySchema':["
            + "{'AttributeName':'choice','KeyType':'HASH'}],"
            + "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['n']}}],"
            + "'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':["
            + "{'AttributeName':'id','KeyType':'HASH'},"
            + "{'AttributeName':'choice','KeyType':'RANGE'}],"
            + "'Projection':{'ProjectionType':'KEYS_ONLY'}}]}");
  }

  private static void put(ApiClient api, int from, int to) {
    for (int begin = from; begin < to; begin += 25) {
      StringBuilder writes = new StringBuilder();
      for (int i = begin; i < Math.min(begin + 25, to); i++) {
        writes.append(writes.isEmpty() ? "" : ",");
        writes.append("{'PutRequest':{'Item':").append(item(i, 0)).append("}}");
      }
      call(api, "BatchWriteItem", "{'RequestItems':{'votes':[" + writes + "]}}");
    }
  }

  private static String item(int id, int version) {
    return ("{'id':{'S':'%1$d'},'at':{'N':'%1$d'},'choice':{'S':'c%1$d'},"
            + "'n':{'N':'1234567890123456789012345678901234567%2$d'},'b':{'B':'AAEC'},"
            + "'t':{'BOOL':true},'z':{'NULL':true},'ss':{'SS':['x','y']},'ns':{'NS':['1','2.5']},"
            + "'m':{'M':{'l':{'L':[{'S':''},{'N':'0'}]}}}}")
        .formatted(id, version % 10);
  }

  /** Puts, updates and deletes until it is over; returns how often. */
  private long write(int seed, AtomicBoolean isOver) {
    Random random = new Random(seed);
    long writes = 0;
    while (!isOver.get()) {
      int id = 2 * random.nextInt(400) + seed;
      String key = "'TableName':'votes','Key':{'id':{'S':'" + id + "'},'at':{'N':'" + id + "'}}";
      switch (random.nextInt(3)) {
        case 0 -> call(source, "DeleteItem", "{" + key + "}");
        case 1 ->
            call(
                source,
                "UpdateItem",
                "{"
                    + key
                    + ",'UpdateExpression':'ADD hits :1',"
                    + "'ExpressionAttributeValues':{':1':{'N':'1'}}}");
        default ->
            call(
                source,
                "PutItem",
                "{'TableName':'votes','Item':" + item(id, random.nextInt(10)) + "}");
      }
      writes++;
    }
    return writes;
  }

  private boolean hasCopied() throws IOException {
    JsonValue state = JsonText.parse(Files.readAllBytes(state()));
    return !Answers.text(state, "items").equals("0");
  }

  private static Set<JsonValue> items(ApiClient api) {
    Set<JsonValue> items = new HashSet<>();
    String from = "";
    while (true) {
      JsonValue.Members page = call(api, "Scan", "{'TableName':'votes'" + from + "}");
      items.addAll(((JsonValue.Elements) Answers.member(page, "Items")).values());
      if (page.member("LastEvaluatedKey").isEmpty()) {
        return items;
      }
      byte[] next = JsonText.bytes(Answers.member(page, "LastEvaluatedKey"));
      from = ",'ExclusiveStartKey':" + new String(next, StandardCharsets.UTF_8);
    }
  }

  private static JsonValue described(ApiClient api, String table) {
    return Answers.member(call(api, "DescribeTable", "{'TableName':'" + table + "'}"), "Table");
  }

  /** Returns what a description says, without times. */
  private static JsonValue known(JsonValue description, String name) {
    JsonValue value = Answers.member(description, name);
    return Answers.optional(value, "BillingMode").orElse(value);
  }

  private static JsonValue.Members call(ApiClient api, String operation, String request) {
    byte[] text = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return api.call(operation, ((JsonValue.Members) JsonText.parse(text)).values());
  }

  private Outcome copy(String... more) {
    return Outcome.of(arguments(more));
  }

  private String[] arguments(String... more) {
    List<String> all = new ArrayList<>(List.of("copy", url(left), url(right), "votes"));
    all.addAll(List.of("--state", state().toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Path state() {
    return parent.resolve("state");
  }

  private static String url(OstrakaServer server) {
    return "http://127.0.0.1:" + server.port();
  }

  private static ApiClient client(OstrakaServer server) {
    return new ApiClient(
        URI.create(url(server)),
        ServerOptions.signer(Map.of()),
        ServerOptions.tls(Map.of(), InstantSource.system()),
        InstantSource.system());
  }
}

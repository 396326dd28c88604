package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.engine.EngineSettings;
import org.ostraka.engine.table.Catalogue;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Region;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.SerializationException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.random.RandomCase;

/** Whatever a body holds, the answer is a JSON object or an error of the API, and soon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ApiFuzzTest {
  private static final int MUTATIONS = 200_000;
  private static final Caller CALLER =
      new Caller(new AccountId("000000000000"), new Region("eu-central-1"));
  private static final RequestHead HEAD = new RequestHead("localhost:8000");

  /** A target and a body that is sound. */
  private record Sample(String operation, String body) {}

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample(
              "CreateTable",
              """
              {"TableName":"orders","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
              "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PROVISIONED",\
              "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5.0},\
              "OnDemandThroughput":{"MaxReadRequestUnits":-1},"TableClass":"STANDARD",\
              "DeletionProtectionEnabled":false}\
              """),
          new Sample("ListTables", "{\"ExclusiveStartTableName\":\"abc\",\"Limit\":1e1}"),
          new Sample(
              "DescribeTable",
              "{\"TableName\":\"arn:aws:dynamodb:eu-central-1:000000000000:table/abc\"}"),
          new Sample(
              "UpdateTable",
              "{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\",\"TableClass\":null}"),
          new Sample("DeleteTable", "{\"TableName\":\"orders\"}"),
          new Sample("DescribeLimits", "{}"),
          new Sample("DescribeEndpoints", "{}"),
          new Sample(
              "PutItem",
              """
              {"TableName":"items","Item":{"id":{"S":"\\u00e9\\ud83d\\ude00"},"n":{"N":"-1.50E+3"},\
              "b":{"B":"AQID"},"t":{"BOOL":true},"z":{"NULL":true},"l":{"L":[{"S":""},{"M":{"x":{"N":"0"}}}]},\
              "ss":{"SS":["a","b"]},"ns":{"NS":["1","2"]},"bs":{"BS":["AQ==","Ag=="]}},\
              "ReturnValues":"ALL_OLD","ReturnConsumedCapacity":"INDEXES"}\
              """),
          new Sample(
              "GetItem",
              """
              {"TableName":"items","Key":{"id":{"S":"a"}},"ConsistentRead":"true",\
              "AttributesToGet":["a","b"],"ReturnConsumedCapacity":"TOTAL"}\
              """),
          new Sample(
              "DeleteItem",
              "{\"TableName\":\"items\",\"Key\":{\"id\":{\"S\":\"a\"}},\"ReturnValues\":\"NONE\"}"));

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "null",
          "true",
          "-1",
          "0",
          "1e999999999",
          "1e-99999999",
          "-1e-2147483647",
          "1e2147483647",
          "99999999999999999999",
          "0.5",
          "\"\\ud800\"",
          "\"\\udc00x\"",
          "\"S\"",
          "\"N\"",
          "\"M\"",
          "\"L\"",
          "\"BS\"",
          "\"NULL\"",
          "\"TableName\"",
          "\"Item\"",
          "\"Limit\"",
          "{\"S\":\"x\"}",
          "{\"M\":{}}",
          "{\"L\":[]}",
          "{\"NS\":[]}",
          "\\u0000",
          "\u0000",
          "\u00ff",
          "\ud83d\ude00",
          "arn:aws:dynamodb:",
          "//",
          "NaN",
          "Infinity",
          "\\",
          " ");

  private final VolumeStore store =
      new VolumeStore(new MemoryVolume(MemoryVolume.Steps.SOUND), Thread::new, _ -> {});
  private final Api api =
      Operations.over(
          store,
          Catalogue.open(store, Clock.systemUTC()),
          Clock.systemUTC(),
          UUID::randomUUID,
          EngineSettings.DEFAULT);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void mutatedBodiesAreAnsweredOrRefused(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    createItems();
    List<byte[]> sound = SAMPLES.stream().map(each -> bytes(each.body())).toList();
    for (int i = 0; i < MUTATIONS; i++) {
      RandomGenerator luck = random.branch(i);
      int sample = luck.nextInt(SAMPLES.size());
      byte[] body = mutated(luck, sound, sample);
      try {
        answer(SAMPLES.get(sample).operation(), body);
      } catch (RuntimeException | Error broken) {
        throw new AssertionError(
            "mutation " + i + ": " + latin(body) + "; repeat with: " + random.command(), broken);
      }
    }
  }

  @Test
  void soundBodiesAreAccepted() {
    createItems();
    for (Sample sample : SAMPLES) {
      if (sample.operation().endsWith("Item") || sample.body().equals("{}")) {
        assertThat(call(sample.operation(), bytes(sample.body()))).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e-99999999",
        "-1e-2147483647",
        "1e2147483647",
        "1e-2147483648",
        "1e999999999",
        "0e-2147483647",
        "0e2147483647",
        "0.000000000000000000000000000000000000000000001"
      })
  void numbersOfExtremeExponentsAreJudgedAtOnce(String number) {
    answer("ListTables", bytes("{\"Limit\":" + number + "}"));
    answer(
        "UpdateTable",
        bytes(
            "{\"TableName\":\"items\",\"OnDemandThroughput\":{\"MaxReadRequestUnits\":"
                + number
                + "}}"));
  }

  @Test
  void numbersOfManyDigitsAreJudgedAtOnce() {
    String digits = "9".repeat(10_000_000);
    for (String number : List.of(digits, "-" + digits, "0." + digits, digits + ".5")) {
      assertThatThrownBy(() -> call("ListTables", bytes("{\"Limit\":" + number + "}")))
          .isInstanceOf(SerializationException.class);
    }
    createItems();
    for (String number :
        List.of(digits, digits + "x", "0." + digits, digits + "." + digits + "x")) {
      String body = "{\"TableName\":\"items\",\"Item\":{\"id\":{\"N\":\"" + number + "\"}}}";
      assertThatThrownBy(() -> call("PutItem", bytes(body))).isInstanceOf(ApiException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"M\":{\"a\":", "{\"L\":[", "[", "{\"a\":", "{\"X\":{\"a\":", "{\"SS\":["})
  void endlessNestingIsRefused(String opening) {
    for (int levels : List.of(40, 400, 10_000, 1_000_000)) {
      String body = "{\"TableName\":\"items\",\"Item\":{\"id\":" + opening.repeat(levels);
      answer("PutItem", bytes(body));
      answer("ListTables", bytes(opening.repeat(levels)));
      answer("ListTables", bytes("{\"Unknown\":" + opening.repeat(levels)));
    }
  }

  @Test
  void thirtyTwoLevelsAreStoredAndThirtyThreeRefused() {
    createItems();
    assertThat(call("PutItem", nested(32))).isNotEmpty();
    assertThatThrownBy(() -> call("PutItem", nested(33)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Nesting Levels have exceeded supported limits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"\\ud800\":1}",
        "{\"TableName\":\"\\ud800\"}",
        "{\"TableName\":\"items\",\"Item\":{\"\\udc00\":{\"S\":\"a\"}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"S\":\"\\ud83d\"}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"SS\":[\"a\",\"\\udc00\"]}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"N\":\"\\ud800\"}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"B\":\"\\ud800\"}}}",
        "{\"TableName\":\"items\",\"Item\":{\"id\":{\"\\ud800\":\"a\"}}}",
        "{\"TableName\":\"items\",\"ReturnValues\":\"\\ud800\"}"
      })
  void halvesOfSurrogatePairsAreRefusedInTextThatCanBeWritten(String body) {
    assertThat(answer("PutItem", bytes(body))).startsWith("{\"__type\":");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    for (byte[] broken :
        List.of(
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82})) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(bytes("{\"TableName\":\"items\",\"Item\":{\"id\":{\"S\":\""));
      body.writeBytes(broken);
      body.writeBytes(bytes("\"}}}"));
      assertThat(answer("PutItem", body.toByteArray())).startsWith("{\"__type\":");
    }
  }

  @Test
  void brokenConstraintsBeyondTheTenListedCostNoMemory() {
    String definitions = "{},".repeat(2_000_000);
    String body = "{\"AttributeDefinitions\":[" + definitions + "{}]}";
    assertThatThrownBy(() -> call("CreateTable", bytes(body)))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("10 validation errors detected: ");
  }

  private void createItems() {
    call(
        "CreateTable",
        bytes(
            """
            {"TableName":"items","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}\
            """));
  }

  private static byte[] nested(int levels) {
    int lists = levels - 1;
    String value = "{\"L\":[".repeat(lists) + "{\"S\":\"x\"}" + "]}".repeat(lists);
    return bytes("{\"TableName\":\"items\",\"Item\":{\"id\":{\"S\":\"a\"},\"v\":" + value + "}}");
  }

  /** The answer's text: a response, or an error as it looks on the wire. */
  private String answer(String operation, byte[] body) {
    byte[] answer;
    try {
      answer = call(operation, body);
    } catch (ApiException refusal) {
      answer = Api.error(refusal);
    }
    assertThat(Json.isValid(answer)).isTrue();
    return new String(answer, StandardCharsets.UTF_8);
  }

  private byte[] call(String operation, byte[] body) {
    return api.operation("DynamoDB_20120810." + operation).orElseThrow().call(CALLER, HEAD, body);
  }

  private static byte[] mutated(RandomGenerator random, List<byte[]> sound, int sample) {
    byte[] body = sound.get(sample);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(body.length + 1);
      int end = Math.min(body.length, at + random.nextInt(12));
      byte[] donor = sound.get(random.nextInt(sound.size()));
      int from = random.nextInt(donor.length);
      int to = Math.min(donor.length, from + random.nextInt(30));
      body =
          switch (random.nextInt(6)) {
            case 0 -> spliced(body, at, at, bytes(token(random)));
            case 1 -> spliced(body, at, end, bytes(token(random)));
            case 2 -> spliced(body, at, end, new byte[0]);
            case 3 -> spliced(body, at, at, Arrays.copyOfRange(donor, from, to));
            case 4 ->
                spliced(
                    body, at, Math.min(body.length, at + 1), new byte[] {(byte) random.nextInt()});
            default -> scalarReplaced(body, random);
          };
    }
    return body;
  }

  /** The body with one of its scalars replaced by a token, so that it often stays JSON. */
  private static byte[] scalarReplaced(byte[] body, RandomGenerator random) {
    List<Integer> colons = new ArrayList<>();
    for (int i = 0; i < body.length; i++) {
      if (body[i] == ':') {
        colons.add(i);
      }
    }
    if (colons.isEmpty()) {
      return body;
    }
    int from = colons.get(random.nextInt(colons.size())) + 1;
    int to = from;
    while (to < body.length && body[to] != ',' && body[to] != '}' && body[to] != ']') {
      to++;
    }
    return spliced(body, from, to, bytes(token(random)));
  }

  private static String token(RandomGenerator random) {
    return TOKENS.get(random.nextInt(TOKENS.size()));
  }

  private static byte[] spliced(byte[] body, int from, int to, byte[] middle) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(body, 0, from);
    joined.writeBytes(middle);
    joined.write(body, to, body.length - to);
    return joined.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

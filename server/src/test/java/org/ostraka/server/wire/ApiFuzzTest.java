package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.engine.Engine;
import org.ostraka.engine.EnginePorts;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.SerializationException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.server.work.HeavyWorks;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.random.Fuzz;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.Mutator;

/** For any body, the answer is a JSON object or an error of the API, and comes soon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ApiFuzzTest {
  private static final int INPUTS = 50_000;
  private static final Caller CALLER =
      new Caller(
          new Principal.AccessKey("key"),
          new Owner(new AccountId("000000000000"), new Region("eu-central-1")));
  private static final RequestHead HEAD = new RequestHead("localhost:8000");

  /** The operations whose answers have an empty body. */
  private static final Set<String> EMPTY_ANSWERS = Set.of("TagResource", "UntagResource");

  private static final byte[] ITEMS_TABLE =
      bytes(
          """
          {"TableName":"items","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
          "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}\
          """);

  private final VolumeStore store =
      new VolumeStore(
          new MemoryVolume(MemoryVolume.Steps.SOUND),
          new HybridClock(InstantSource.system()),
          Thread::new,
          _ -> {});
  private final Service service =
      Operations.over(
          new Engine(
              store,
              Catalogue.open(store, Clock.systemUTC(), EngineSettings.DEFAULT),
              new RequestTokens(store, Clock.systemUTC()),
              Clock.systemUTC(),
              UUID::randomUUID,
              EngineSettings.DEFAULT,
              EnginePorts.standard(Clock.systemUTC())),
          LoadControl.forHeap(1L << 30, HeavyWorks.SHARED));

  @AfterEach
  void close() {
    store.close();
  }

  /** Generates a line with the operation's name, then the body, so that both are shrunk. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void bodiesAreAnsweredOrRefused(TestInfo test) {
    Mutator samples =
        Mutator.ofUtf8(Generator.oneOf(ApiSamples.ALL).map(ApiSamples.Sample::body), Bodies.WORDS);
    Generator<String> operations = Generator.oneOf(List.copyOf(ApiSamples.SHAPES.keySet()));
    Generator<String> requests =
        random -> {
          String operation = operations.next(random);
          Generator<String> sound = luck -> Bodies.of(ApiSamples.SHAPES.get(operation), luck);
          Mutator bodies = Mutator.ofUtf8(sound, Bodies.WORDS);
          String body = encoded((random.nextInt(4) == 0 ? samples : bodies).next(random), random);
          return operation + "\n" + body;
        };
    createItems();
    Fuzz.of(test, INPUTS)
        .texts(
            text -> {
              int line = text.indexOf('\n');
              String operation = text.substring(0, Math.max(0, line));
              if (ApiSamples.SHAPES.containsKey(operation)) {
                answerAndKeepItems(operation, Mutator.bytes(text.substring(line + 1)));
              }
            },
            requests);
  }

  /**
   * Encodes the body, now and then in another encoding than UTF-8, which the JSON library detects.
   */
  private static String encoded(String body, RandomGenerator random) {
    if (random.nextInt(50) > 0) {
      return body;
    }
    Charset charset =
        Generator.oneOf(
                List.of(
                    StandardCharsets.UTF_16,
                    StandardCharsets.UTF_16LE,
                    StandardCharsets.UTF_32BE,
                    StandardCharsets.UTF_32LE))
            .next(random);
    return Mutator.text(body.getBytes(charset));
  }

  /** Sends a request like {@link #answer}, and makes the table again if the request deleted it. */
  private void answerAndKeepItems(String operation, byte[] body) {
    if (answer(operation, body).contains("ResourceNotFoundException")) {
      answer("CreateTable", ITEMS_TABLE);
    }
  }

  @Test
  void everyOperationIsFuzzed() {
    assertThat(ApiSamples.SHAPES.keySet().stream().map(name -> "DynamoDB_20120810." + name))
        .containsExactlyInAnyOrderElementsOf(service.operations().keySet());
  }

  @Test
  void soundBodiesAreAccepted() {
    createItems();
    for (ApiSamples.Sample sample : ApiSamples.ALL) {
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
        "1e3000000000",
        "-9223372036854775.808",
        "1e-2147483648",
        "1e999999999",
        "0e-2147483647",
        "0e2147483647",
        "0.000000000000000000000000000000000000000000001"
      })
  void numbersOfExtremeExponentsAreJudgedAtOnce(String number) {
    answer("ListTables", bytes("{\"Limit\":" + number + "}"));
    answer("ListBackups", bytes("{\"TimeRangeUpperBound\":" + number + "}"));
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
    String body = "{\"TableName\":\"t-1\",\"AttributeDefinitions\":[" + definitions + "{}]}";
    assertThatThrownBy(() -> call("CreateTable", bytes(body)))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("10 validation errors detected: ");
  }

  private void createItems() {
    call("CreateTable", ITEMS_TABLE);
  }

  private static byte[] nested(int levels) {
    int lists = levels - 1;
    String value = "{\"L\":[".repeat(lists) + "{\"S\":\"x\"}" + "]}".repeat(lists);
    return bytes("{\"TableName\":\"items\",\"Item\":{\"id\":{\"S\":\"a\"},\"v\":" + value + "}}");
  }

  /** Returns the text of the answer: a response or an error. */
  private String answer(String operation, byte[] body) {
    byte[] answer;
    try {
      answer = call(operation, body);
    } catch (ApiException refusal) {
      answer = bytes(service.error(refusal, HEAD));
    }
    assertThat(answer.length == 0 ? EMPTY_ANSWERS.contains(operation) : Json.isValid(answer))
        .isTrue();
    return new String(answer, StandardCharsets.UTF_8);
  }

  private byte[] call(String operation, byte[] body) {
    return bytes(
        Services.of(service)
            .choose("DynamoDB_20120810." + operation)
            .orElseThrow()
            .operation()
            .call(CALLER, HEAD, body));
  }

  private static byte[] bytes(JsonBody body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

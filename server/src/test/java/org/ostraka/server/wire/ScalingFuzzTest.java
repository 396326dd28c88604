package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
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
import org.ostraka.server.work.HeavyWorks;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.random.Fuzz;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.Mutator;

/** For any body to auto scaling, the answer is a JSON object or an error of its API. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ScalingFuzzTest {
  private static final int INPUTS = 5_000;
  private static final Caller CALLER =
      new Caller(
          new Principal.AccessKey("key"),
          new Owner(new AccountId("000000000000"), new Region("eu-central-1")));
  private static final RequestHead HEAD = new RequestHead("localhost:8000");
  private static final String TARGET =
      "\"ServiceNamespace\":\"dynamodb\",\"ResourceId\":\"table/items\","
          + "\"ScalableDimension\":\"dynamodb:table:ReadCapacityUnits\"";
  private static final String ARN =
      "{\"ResourceARN\":\"arn:aws:application-autoscaling:eu-central-1:000000000000:scalable-target/0\"";

  private static final Map<String, String> SAMPLES =
      Map.ofEntries(
          Map.entry(
              "RegisterScalableTarget", "{" + TARGET + ",\"MinCapacity\":1,\"MaxCapacity\":9}"),
          Map.entry("DeregisterScalableTarget", "{" + TARGET + "}"),
          Map.entry("DescribeScalableTargets", "{\"ServiceNamespace\":\"dynamodb\"}"),
          Map.entry(
              "PutScalingPolicy",
              "{\"PolicyName\":\"p\","
                  + TARGET
                  + ",\"PolicyType\":\"TargetTrackingScaling\","
                  + "\"TargetTrackingScalingPolicyConfiguration\":{\"TargetValue\":70.5,"
                  + "\"PredefinedMetricSpecification\":"
                  + "{\"PredefinedMetricType\":\"DynamoDBReadCapacityUtilization\"}}}"),
          Map.entry("DeleteScalingPolicy", "{\"PolicyName\":\"p\"," + TARGET + "}"),
          Map.entry("DescribeScalingPolicies", "{\"ServiceNamespace\":\"dynamodb\"}"),
          Map.entry("DescribeScalingActivities", "{\"ServiceNamespace\":\"dynamodb\"}"),
          Map.entry(
              "GetPredictiveScalingForecast",
              "{\"PolicyName\":\"p\"," + TARGET + ",\"StartTime\":1.5,\"EndTime\":2}"),
          Map.entry(
              "PutScheduledAction",
              "{\"ScheduledActionName\":\"a\","
                  + TARGET
                  + ",\"Schedule\":\"cron(0/5 8-18 ? JAN,MAR MON#1 2026-2030)\","
                  + "\"ScalableTargetAction\":{\"MinCapacity\":2}}"),
          Map.entry("DeleteScheduledAction", "{\"ScheduledActionName\":\"a\"," + TARGET + "}"),
          Map.entry("DescribeScheduledActions", "{\"ServiceNamespace\":\"dynamodb\"}"),
          Map.entry("TagResource", ARN + ",\"Tags\":{\"a\":\"b\"}}"),
          Map.entry("UntagResource", ARN + ",\"TagKeys\":[\"a\"]}"),
          Map.entry("ListTagsForResource", ARN + "}"));

  private final VolumeStore store =
      new VolumeStore(
          new MemoryVolume(MemoryVolume.Steps.SOUND),
          new HybridClock(InstantSource.system()),
          Thread::new,
          _ -> {});
  private final Engine engine =
      new Engine(
          store,
          Catalogue.open(store, Clock.systemUTC(), EngineSettings.DEFAULT),
          new RequestTokens(store, Clock.systemUTC()),
          Clock.systemUTC(),
          UUID::randomUUID,
          EngineSettings.DEFAULT,
          EnginePorts.standard(Clock.systemUTC()));
  private final LoadControl load = LoadControl.forHeap(1L << 30, HeavyWorks.SHARED);
  private final Service service = ScalingOperations.over(engine.autoScaling(), load);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyOperationIsFuzzed() {
    assertThat(SAMPLES.keySet().stream().map(name -> "AnyScaleFrontendService." + name))
        .containsExactlyInAnyOrderElementsOf(service.operations().keySet());
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void bodiesAreAnsweredOrRefused(TestInfo test) {
    call(
        Operations.over(engine, load),
        "DynamoDB_20120810.CreateTable",
        """
        {"TableName":"items","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],\
        "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}}\
        """
            .getBytes(StandardCharsets.UTF_8));
    Generator<String> operations = Generator.oneOf(List.copyOf(SAMPLES.keySet()));
    Generator<String> requests =
        random -> {
          String operation = operations.next(random);
          String sample = SAMPLES.get(operation);
          boolean sound = random.nextInt(3) == 0;
          String body = sound ? sample : Mutator.ofUtf8(_ -> sample, Bodies.WORDS).next(random);
          return operation + "\n" + body;
        };
    Fuzz.of(test, INPUTS)
        .texts(
            text -> {
              int line = text.indexOf('\n');
              String operation = text.substring(0, Math.max(0, line));
              if (SAMPLES.containsKey(operation)) {
                answer(operation, Mutator.bytes(text.substring(line + 1)));
              }
            },
            requests);
  }

  private void answer(String operation, byte[] body) {
    byte[] answer;
    try {
      answer = call(service, "AnyScaleFrontendService." + operation, body);
    } catch (ApiException refusal) {
      answer = bytes(service.error(refusal, HEAD));
    }
    assertThat(Json.isValid(answer)).isTrue();
  }

  private static byte[] call(Service service, String target, byte[] body) {
    return bytes(
        Services.of(service).choose(target).orElseThrow().operation().call(CALLER, HEAD, body));
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
}

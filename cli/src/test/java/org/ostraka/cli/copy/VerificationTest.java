package org.ostraka.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.delivery.json.JsonValue;

/** Comparisons of tables that are written to between the scans and the readings of keys. */
@Timeout(300) // A test with more keys than are remembered takes 80 seconds on a busy machine.
final class VerificationTest {
  private static final int REREADS = 3;

  private final List<Difference> found = Collections.synchronizedList(new ArrayList<>());

  /**
   * An endpoint whose scans and readings see different states of the table.
   *
   * @param scanned the items of every scan
   * @param read the items of the n-th reading of keys, from 0
   */
  private static RecordedEndpoint table(String scanned, IntFunction<String> read) {
    AtomicInteger readings = new AtomicInteger();
    return new RecordedEndpoint((operation, _) ->
        operation.equals("Scan")
            ? "{'Items':[" + scanned + "]}"
            : "{'Responses':{'votes':["
                + read.apply(readings.getAndIncrement())
                + "]},'UnprocessedKeys':{}}");
  }

  private static RecordedEndpoint table(String always) {
    return table(always, _ -> always);
  }

  private static String item(String id, int version) {
    return "{'id':{'S':'" + id + "'},'v':{'N':'" + version + "'}}";
  }

  private Verification.Result compare(Endpoint source, Endpoint target) {
    return verification(source, target, 1, REREADS).run(10, found::addAll);
  }

  private static Verification verification(
      Endpoint source, Endpoint target, int segments, int rereads) {
    return new Verification(
        new Table(source, "votes", List.of("id"), _ -> {}),
        new Table(target, "votes", List.of("id"), _ -> {}),
        segments,
        rereads,
        new Workers(Thread.ofVirtual().factory()),
        _ -> {},
        new Progress(_ -> {}, InstantSource.fixed(Instant.EPOCH)));
  }

  private static Difference difference(String id, Difference.Kind kind) {
    return new Difference(RecordedEndpoint.json("{'id':{'S':'" + id + "'}}"), kind);
  }

  @Test
  void anItemThatCameToTheSourceAfterItsScanAndDiffersIsFound() {
    Verification.Result result = compare(table("", _ -> item("1", 2)), table(item("1", 1)));
    assertThat(found).containsExactly(difference("1", Difference.Kind.OTHER_ITEM));
    assertThat(result.differences()).isEqualTo(1);
  }

  @Test
  void anItemThatCameToTheSourceAfterItsScanAndLeftTheTargetIsFound() {
    Verification.Result result =
        compare(table("", _ -> item("1", 2)), table(item("1", 1), _ -> ""));
    assertThat(found).containsExactly(difference("1", Difference.Kind.ONLY_AT_SOURCE));
    assertThat(result.differences()).isEqualTo(1);
  }

  @Test
  void anItemThatCameToTheSourceAfterItsScanAndGoesOnChangingIsMoving() {
    Verification.Result result =
        compare(table("", reading -> item("1", reading + 2)), table(item("1", 1)));
    assertThat(found).isEmpty();
    assertThat(result).isEqualTo(new Verification.Result(0, 1, 0, 1));
  }

  @Test
  void anItemOfBothScansCountsOnce() {
    assertThat(compare(table(item("1", 2)), table(item("1", 1))).differences()).isEqualTo(1);
    assertThat(found).containsExactly(difference("1", Difference.Kind.OTHER_ITEM));
    assertThat(
            compare(table(item("1", 9), reading -> item("1", reading)), table(item("1", 100)))
                .moving())
        .isEqualTo(1);
  }

  @Test
  void anItemThatLeftTheSourceAfterItsScanCountsOnce() {
    Verification.Result result = compare(table(item("1", 1), _ -> ""), table(item("1", 2)));
    assertThat(found).containsExactly(difference("1", Difference.Kind.ONLY_AT_TARGET));
    assertThat(result.differences()).isEqualTo(1);
  }

  @Test
  void anItemThatCameToBothSidesAfterTheScansIsNoDifference() {
    Verification.Result result = compare(table("", _ -> item("1", 1)), table(item("1", 1)));
    assertThat(found).isEmpty();
    assertThat(result).isEqualTo(new Verification.Result(0, 1, 0, 0));
  }

  /** Each repair waits for the others: one after the other they would wait for ever. */
  @Test
  void differencesOfSeveralSegmentsAreRepairedSideBySide() {
    int segments = 4;
    RecordedEndpoint source =
        new RecordedEndpoint((operation, request) ->
            operation.equals("Scan")
                ? "{'Items':["
                    + item("" + Json.optionalNumber(request, "Segment").orElseThrow(), 1)
                    + "]}"
                : "{'Responses':{'votes':[" + wanted(request) + "]},'UnprocessedKeys':{}}");
    RecordedEndpoint target = table("");
    CyclicBarrier together = new CyclicBarrier(segments);
    Verification.Result result =
        verification(source, target, segments, REREADS)
            .run(
                10,
                some -> {
                  found.addAll(some);
                  await(together);
                });
    assertThat(result.differences()).isEqualTo(segments);
    assertThat(found).hasSize(segments);
  }

  /** Returns an item for each key of a request. */
  private static String wanted(JsonValue request) {
    return Json.elements(Json.member(Json.member(request, "RequestItems"), "votes"), "Keys")
        .stream()
        .map(key -> item(Json.string(Json.member(key, "id"), "S"), 1))
        .collect(Collectors.joining(","));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError("the repairs do not run side by side", failure);
    }
  }

  @Test
  void moreDifferencesThanAreRememberedAreAllCounted() {
    int items = Verification.KEYS_REMEMBERED + 10;
    String all =
        IntStream.range(0, items).mapToObj(i -> item("" + i, 1)).collect(Collectors.joining(","));
    RecordedEndpoint source =
        new RecordedEndpoint((operation, request) ->
            operation.equals("Scan")
                ? "{'Items':[" + all + "]}"
                : "{'Responses':{'votes':[" + wanted(request) + "]},'UnprocessedKeys':{}}");
    AtomicInteger count = new AtomicInteger();
    Verification.Result result =
        verification(source, table(""), 1, 0).run(items, some -> count.addAndGet(some.size()));
    assertThat(result.differences()).isEqualTo(items);
    assertThat(count).hasValue(items);
  }
}

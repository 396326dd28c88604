package org.ostraka.engine.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ostraka.engine.catalogue.StreamingDestinations;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.StreamingDestinationStatus;
import org.ostraka.model.TableName;
import org.ostraka.model.TimePrecision;
import org.ostraka.model.error.ValidationException;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.RandomCase;

/**
 * Which changes of a table's destinations are allowed in which state (Q-268, Q-299 to,
 * October 2026).
 */
final class DestinationRulesTest {
  private static final String FIRST = "arn:aws:kinesis:us-east-1:000000000000:stream/first";
  private static final String SECOND = "arn:aws:kinesis:us-east-1:000000000000:stream/second";
  private static final TableName TABLE = new TableName("orders");
  private static final int MAX_EVENTS = 100;
  private static final int LISTS = 200;
  private static final UUID ID = new UUID(1, 2);
  private static final String STATE =
      "Table is not in a valid state to enable Kinesis Streaming Destination: ";

  @ParameterizedTest
  @EnumSource(StreamingDestinationStatus.class)
  void streamIsEnabledUnlessOneIsLive(StreamingDestinationStatus status) {
    StreamingDestinations present = in(status);
    for (String stream : List.of(FIRST, SECOND)) {
      switch (status) {
        case DISABLED, ENABLE_FAILED ->
            assertThat(DestinationRules.enabling(present, stream, null))
                .isEqualTo(StreamingDestination.enabling(stream, Optional.empty()));
        case ENABLING, ACTIVE, DISABLING, UPDATING ->
            assertRefused(
                () -> enable(present, stream),
                STATE
                    + "EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to"
                    + " perform ENABLE operation.");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(StreamingDestinationStatus.class)
  void activeStreamIsDisabled(StreamingDestinationStatus status) {
    StreamingDestinations present = in(status);
    String refusal =
        STATE + "KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.";
    switch (status) {
      case ACTIVE, DISABLING ->
          assertThat(DestinationRules.disabling(present, FIRST).status())
              .isEqualTo(StreamingDestinationStatus.DISABLING);
      case ENABLING, DISABLED, ENABLE_FAILED, UPDATING ->
          assertRefused(() -> DestinationRules.disabling(present, FIRST), refusal);
    }
    assertRefused(() -> DestinationRules.disabling(present, SECOND), refusal);
  }

  @ParameterizedTest
  @EnumSource(StreamingDestinationStatus.class)
  void activeStreamIsUpdated(StreamingDestinationStatus status) {
    StreamingDestinations present = in(status);
    if (status == StreamingDestinationStatus.ACTIVE) {
      StreamingDestination updating = update(present, FIRST, TimePrecision.MICROSECOND);
      assertThat(updating.status()).isEqualTo(StreamingDestinationStatus.UPDATING);
      assertThat(updating.precision()).contains(TimePrecision.MICROSECOND);
    } else {
      assertRefused(
          () -> update(present, FIRST, TimePrecision.MICROSECOND),
          STATE
              + "Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state."
              + " TableName: orders, kdsArn: "
              + FIRST);
    }
    assertRefused(
        () -> update(present, SECOND, TimePrecision.MICROSECOND),
        STATE
            + "No streaming destination with streamArn: "
            + SECOND
            + " found for table with tableName: orders");
  }

  @Test
  void precisionIsMillisecondsUntilItIsSet() {
    assertRefused(
        () -> update(in(StreamingDestinationStatus.ACTIVE), FIRST, TimePrecision.MILLISECOND),
        "Invalid Request: Precision is already set to the desired value of MILLISECOND for tableId: "
            + ID
            + ", kdsArn: "
            + FIRST);
  }

  @Test
  void settingsOfOtherRequestsAreRefused() {
    assertRefused(
        () -> DestinationRules.refuseSettings(TimePrecision.MICROSECOND),
        "Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters");
    assertRefused(
        () -> DestinationRules.requirePrecision(null),
        "Streaming destination cannot be updated with given parameters:"
            + " UpdateKinesisStreamingConfiguration cannot be null or contain only null values");
  }

  @Test
  void newestDestinationIsTheFirstOneAndKeepsItsPlace() {
    StreamingDestinations both =
        in(StreamingDestinationStatus.ENABLE_FAILED).with(enabling(SECOND));
    assertThat(streams(both)).containsExactly(SECOND, FIRST);
    assertThat(streams(both.with(enabling(FIRST)))).containsExactly(SECOND, FIRST);
  }

  @Test
  void enablingAgainForgetsThePrecisionAndTheFailure() {
    StreamingDestination active =
        StreamingDestination.enabling(FIRST, Optional.of(TimePrecision.MICROSECOND)).settled();
    StreamingDestination disabled = active.disabling().settled();
    assertThat(disabled.status()).isEqualTo(StreamingDestinationStatus.DISABLED);
    assertThat(enable(StreamingDestinations.NONE.with(disabled), FIRST).precision()).isEmpty();
    StreamingDestination failed = enabling(FIRST).failed("the stream is gone");
    assertThat(failed.statusDescription()).contains("the stream is gone");
    assertThat(enable(StreamingDestinations.NONE.with(failed), FIRST).statusDescription())
        .isEmpty();
  }

  @Test
  void anyRequestsInAnyOrderLeaveOneLiveStreamAtMost(TestInfo test) {
    Generator<Event> events =
        random ->
            new Event(
                Generator.oneOf(List.of(Kind.values())).next(random),
                random.nextBoolean() ? FIRST : SECOND);
    RandomCase.of(test)
        .verify(DestinationRulesTest::assertOneIsLiveAtMost, events.listsOfUpTo(MAX_EVENTS), LISTS);
  }

  /** What happens to the destination with a stream: a request, or the end of a change. */
  private record Event(Kind kind, String stream) {}

  private enum Kind {
    ENABLE,
    DISABLE,
    UPDATE,
    SETTLE,
    FAIL
  }

  private static void assertOneIsLiveAtMost(List<Event> events) {
    StreamingDestinations present = StreamingDestinations.NONE;
    for (Event event : events) {
      present = after(present, event).map(present::with).orElse(present);
      assertThat(present.all().stream().filter(each -> each.status().isLive()))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  private static Optional<StreamingDestination> after(StreamingDestinations present, Event event) {
    String stream = event.stream();
    try {
      return switch (event.kind()) {
        case ENABLE -> Optional.of(enable(present, stream));
        case DISABLE -> Optional.of(DestinationRules.disabling(present, stream));
        case UPDATE -> Optional.of(update(present, stream, TimePrecision.MICROSECOND));
        case SETTLE -> present.find(stream).map(StreamingDestination::settled);
        case FAIL -> present.find(stream).map(each -> each.failed("no such stream"));
      };
    } catch (ValidationException _) {
      return Optional.empty();
    }
  }

  private static StreamingDestinations in(StreamingDestinationStatus status) {
    return StreamingDestinations.NONE.with(
        new StreamingDestination(FIRST, status, Optional.empty(), Optional.empty()));
  }

  private static StreamingDestination enabling(String stream) {
    return StreamingDestination.enabling(stream, Optional.empty());
  }

  private static StreamingDestination enable(StreamingDestinations present, String stream) {
    return DestinationRules.enabling(present, stream, null);
  }

  private static StreamingDestination update(
      StreamingDestinations present, String stream, @Nullable TimePrecision precision) {
    return DestinationRules.updating(
        present, TABLE, ID, stream, DestinationRules.requirePrecision(precision));
  }

  private static List<String> streams(StreamingDestinations destinations) {
    return destinations.all().stream().map(StreamingDestination::streamArn).toList();
  }

  private static void assertRefused(ThrowingCallable request, String message) {
    assertThatThrownBy(request).isInstanceOf(ValidationException.class).hasMessage(message);
  }
}

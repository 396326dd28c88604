package org.ostraka.engine.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.StreamingDestinationStatus;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TimePrecision;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.DescribeKinesisStreamingDestination;
import org.ostraka.model.operation.DisableKinesisStreamingDestination;
import org.ostraka.model.operation.EnableKinesisStreamingDestination;

/** Destinations in a table's record: as they are stored, and as another server reads them. */
@Timeout(60)
final class DestinationChangesTest {
  private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/changes";

  @Test
  void anotherServerReadsTheDestination() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      StreamingDestination enabling = enable(engine, TimePrecision.MICROSECOND);
      assertThat(enabling)
          .isEqualTo(StreamingDestination.enabling(STREAM, Optional.of(TimePrecision.MICROSECOND)));
      Catalogue other = Catalogue.open(engine.store(), engine.clock(), EngineSettings.DEFAULT);
      assertThat(
              other.describe(TestEngine.arn("orders")).orElseThrow().stored().destinations().all())
          .containsExactly(enabling)
          .isEqualTo(describe(engine));
    }
  }

  @Test
  void streamStaysAsItIsUntilDeliverySettlesIt() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      enable(engine, TimePrecision.MILLISECOND);
      assertThatThrownBy(() -> disable(engine)).isInstanceOf(ValidationException.class);
      assertThat(describe(engine).getFirst().status())
          .isEqualTo(StreamingDestinationStatus.ENABLING);
    }
  }

  @Test
  void destinationsAreKeptOverAChangeOfTheTable() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      enable(engine, TimePrecision.MICROSECOND);
      List<StreamingDestination> before = describe(engine);
      engine.updateTimeToLive("orders", "expires", true);
      assertThat(describe(engine)).isEqualTo(before);
    }
  }

  @Test
  void tableThatIsBeingCreatedIsNotFound() {
    EngineSettings slow = new EngineSettings(Duration.ofSeconds(10));
    try (TestEngine engine = new TestEngine(slow)) {
      TableDescription table = engine.create("orders");
      assertThatThrownBy(() -> enable(engine, TimePrecision.MICROSECOND))
          .isInstanceOf(ResourceNotFoundException.class)
          .hasMessage("Requested resource not found: Table: " + table.name() + " not found");
    }
  }

  private static StreamingDestination enable(TestEngine engine, TimePrecision precision) {
    return engine
        .operations()
        .enableKinesisStreamingDestination()
        .handle(
            TestEngine.CALLER,
            new EnableKinesisStreamingDestination.Request("orders", STREAM, precision))
        .destination();
  }

  private static StreamingDestination disable(TestEngine engine) {
    return engine
        .operations()
        .disableKinesisStreamingDestination()
        .handle(
            TestEngine.CALLER,
            new DisableKinesisStreamingDestination.Request("orders", STREAM, null))
        .destination();
  }

  private static List<StreamingDestination> describe(TestEngine engine) {
    return engine
        .operations()
        .describeKinesisStreamingDestination()
        .handle(TestEngine.CALLER, new DescribeKinesisStreamingDestination.Request("orders"))
        .destinations();
  }
}

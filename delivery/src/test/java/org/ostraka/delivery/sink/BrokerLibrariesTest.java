package org.ostraka.delivery.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ostraka.delivery.settings.SinkSettings;
import org.ostraka.delivery.settings.StartingPosition;
import org.ostraka.model.TableArn;

/** The names of the libraries' classes are right, and a class that is not there is missed. */
final class BrokerLibrariesTest {
  private static final TableArn TABLE =
      TableArn.parse("arn:aws:dynamodb:us-east-1:000000000000:table/orders").orElseThrow();

  @Test
  void theLibrariesAreFound() {
    assertThat(has(new SinkSettings.Kafka("localhost:1", "t", Map.of()))).isTrue();
    assertThat(has(new SinkSettings.Amqp(URI.create("amqp://localhost:1"), "e", "k"))).isTrue();
  }

  @Test
  void aClassThatIsNotThereIsMissed() {
    assertThat(BrokerLibraries.isPresent("org.apache.kafka.NoProducer")).isFalse();
  }

  private static boolean has(SinkSettings.Broker broker) {
    return BrokerLibraries.hasWhatItNeeds(
        new SinkSettings("sink", TABLE, StartingPosition.LATEST, broker));
  }
}

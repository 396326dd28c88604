package org.ostraka.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.delivery.ListFeed;
import org.ostraka.delivery.settings.SinkSettings;

@Timeout(300)
final class KafkaSinkIT {
  @TempDir private static Path directory;
  private static KafkaServer server;

  @BeforeAll
  static void start() {
    server = new KafkaServer(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyChangeIsAMessageWithTheItemsKey() throws Exception {
    ListFeed feed = new ListFeed();
    SinkRun.add(feed, 1, 3_000);
    feed.close();
    SinkRun.start(feed, kafka("everything")).join();

    assertThat(feed.cursor()).isEqualTo(3_000);
    List<KafkaServer.Received> received = server.receive("everything", 3_000);
    assertThat(received).hasSize(3_000);
    Received.requireAllInOrder(received.stream().map(KafkaServer.Received::value).toList(), 3_000);
    assertThat(received)
        .allSatisfy(message ->
            assertThat(message.key())
                .isEqualTo("{\"id\":{\"S\":\"" + Received.id(message.value()) + "\"}}"));
    assertThat(received.stream().map(KafkaServer.Received::partition).distinct().count())
        .isGreaterThan(1);
  }

  /** The broker is killed under the sink; the cursor stands still until it is back. */
  @Test
  void nothingIsLostWhenTheBrokerIsKilled() throws Exception {
    ListFeed feed = new ListFeed();
    SinkRun.add(feed, 1, 500);
    SinkRun run = SinkRun.start(feed, kafka("killed"));
    feed.awaitCursor(500);
    server.kill();
    SinkRun.add(feed, 501, 1_000);
    run.stop();
    assertThat(feed.cursor()).isEqualTo(500);

    feed.restart();
    run = SinkRun.start(feed, kafka("killed"));
    SinkRun.add(feed, 1_001, 1_500);
    server.start();
    feed.close();
    run.join();

    assertThat(feed.cursor()).isEqualTo(1_500);
    List<String> values =
        server.receive("killed", 1_500).stream().map(KafkaServer.Received::value).toList();
    Received.requireAllInOrder(values, 1_500);
  }

  @Test
  void aServerThatIsKilledSendsEveryAcknowledgedChange(@TempDir Path served) throws Exception {
    String broker =
        """
        "Kafka": {"BootstrapServers": "%s", "Topic": "served"}\
        """
            .formatted(server.address());
    List<String> events = new ArrayList<>();
    new ServedSink(served, broker)
        .killAndRequireAll(() -> {
          List<KafkaServer.Received> all = server.receive("served", events.size() + 1);
          events.clear();
          all.forEach(each -> events.add(each.value()));
          return events;
        });
  }

  private static SinkSettings.Kafka kafka(String topic) {
    return new SinkSettings.Kafka(server.address(), topic, Map.of("max.block.ms", "1000"));
  }
}

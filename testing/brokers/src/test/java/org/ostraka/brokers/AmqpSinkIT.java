package org.ostraka.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.delivery.ListFeed;
import org.ostraka.delivery.settings.SinkSettings;

@Timeout(300)
final class AmqpSinkIT {
  @TempDir private static Path directory;
  private static RabbitServer server;

  @BeforeAll
  static void start() {
    server = new RabbitServer(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyChangeIsAPersistentMessage() throws Exception {
    declare("everything");
    ListFeed feed = new ListFeed();
    SinkRun.add(feed, 1, 3_000);
    feed.close();
    SinkRun.start(feed, amqp("everything")).join();

    assertThat(feed.cursor()).isEqualTo(3_000);
    List<GetResponse> received = receive("everything");
    assertThat(received)
        .hasSize(3_000)
        .allSatisfy(message -> {
          assertThat(message.getProps().getDeliveryMode()).isEqualTo(2);
          assertThat(message.getProps().getContentType()).isEqualTo("application/json");
          assertThat(text(message))
              .contains("\"eventID\":\"" + message.getProps().getMessageId() + "\"");
        });
    Received.requireAllInOrder(received.stream().map(AmqpSinkIT::text).toList(), 3_000);
  }

  @Test
  void nothingIsLostWhenTheBrokerIsKilled() throws Exception {
    declare("killed");
    ListFeed feed = new ListFeed();
    SinkRun.add(feed, 1, 500);
    SinkRun run = SinkRun.start(feed, amqp("killed"));
    feed.awaitCursor(500);
    server.kill();
    SinkRun.add(feed, 501, 1_000);
    server.start();
    feed.awaitCursor(1_000);
    SinkRun.add(feed, 1_001, 1_500);
    feed.close();
    run.join();

    assertThat(feed.cursor()).isEqualTo(1_500);
    Received.requireAllInOrder(receive("killed").stream().map(AmqpSinkIT::text).toList(), 1_500);
  }

  /** A broker drops what no queue takes, and says so; then the change is not delivered. */
  @Test
  void aChangeThatNoQueueTakesIsKept() throws Exception {
    try (Connection connection = server.connect();
        Channel channel = connection.createChannel()) {
      channel.exchangeDeclare("unbound", BuiltinExchangeType.DIRECT, true);
    }
    ListFeed feed = new ListFeed();
    SinkRun.add(feed, 1, 10);
    SinkRun run = SinkRun.start(feed, amqp("unbound"));
    declare("bound");
    assertThat(feed.cursor()).isZero();

    declare("unbound");
    feed.close();
    run.join();
    assertThat(feed.cursor()).isEqualTo(10);
    Received.requireAllInOrder(receive("unbound").stream().map(AmqpSinkIT::text).toList(), 10);
  }

  @Test
  void withoutAnExchangeTheRoutingKeyIsAQueue() throws Exception {
    declare("plain");
    ListFeed feed = new ListFeed();
    SinkRun.add(feed, 1, 10);
    feed.close();
    SinkRun.start(feed, new SinkSettings.Amqp(server.uri(), "", "plain")).join();

    assertThat(receive("plain")).hasSize(10);
  }

  @Test
  void aServerThatIsKilledSendsEveryAcknowledgedChange(@TempDir Path served) throws Exception {
    declare("served");
    String broker =
        """
        "Amqp": {"Uri": "%s", "Exchange": "served", "RoutingKey": "changes"}\
        """
            .formatted(server.uri());
    List<String> events = new ArrayList<>();
    new ServedSink(served, broker)
        .killAndRequireAll(() -> {
          receive("served").forEach(message -> events.add(text(message)));
          return events;
        });
  }

  /** Declares a durable exchange and queue of a name, bound by a key. */
  private static void declare(String name) throws Exception {
    try (Connection connection = server.connect();
        Channel channel = connection.createChannel()) {
      channel.exchangeDeclare(name, BuiltinExchangeType.DIRECT, true);
      channel.queueDeclare(name, true, false, false, null);
      channel.queueBind(name, name, "changes");
    }
  }

  private static List<GetResponse> receive(String queue) throws Exception {
    List<GetResponse> received = new ArrayList<>();
    try (Connection connection = server.connect();
        Channel channel = connection.createChannel()) {
      for (GetResponse each = channel.basicGet(queue, true);
          each != null;
          each = channel.basicGet(queue, true)) {
        received.add(each);
      }
    }
    return received;
  }

  private static SinkSettings.Amqp amqp(String exchange) {
    return new SinkSettings.Amqp(server.uri(), exchange, "changes");
  }

  private static String text(GetResponse message) {
    return new String(message.getBody(), StandardCharsets.UTF_8);
  }
}

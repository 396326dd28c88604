package org.ostraka.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A broker of Apache Kafka, which is its own controller. One thread. */
final class KafkaServer implements AutoCloseable {
  static final int PARTITIONS = 4;

  private static final String CLUSTER = "4L6g3nShT-eMCtK--X86sw";

  private final Path directory;
  private final Path settings;
  private final int port;
  private BrokerProcess process;

  /** A message of a topic. */
  record Received(int partition, String key, String value) {}

  /** Starts a broker whose data are in a directory. */
  KafkaServer(Path directory) {
    this.directory = directory;
    this.settings = directory.resolve("server.properties");
    int[] ports = BrokerProcess.freePorts(2);
    this.port = ports[0];
    configure(ports[1]);
    BrokerProcess.run(
        java("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", settings.toString()),
        Map.of(),
        log());
    start();
  }

  private void configure(int controllerPort) {
    String text =
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        log.dirs=%3$s
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        num.partitions=%4$d
        """
            .formatted(port, controllerPort, directory.resolve("data"), PARTITIONS);
    try {
      Files.writeString(settings, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts the broker again after {@link #kill}. */
  void start() {
    process = BrokerProcess.start(java("kafka.Kafka", settings.toString()), Map.of(), port, log());
  }

  void kill() {
    process.kill();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Waits until a topic has at least so many messages, and returns all that it has. */
  List<Received> receive(String topic, int count) {
    Map<String, Object> properties = Map.of("bootstrap.servers", address());
    List<Received> received = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(
          IntStream.range(0, PARTITIONS).mapToObj(n -> new TopicPartition(topic, n)).toList());
      consumer.seekToBeginning(consumer.assignment());
      while (received.size() < count) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
          received.add(new Received(each.partition(), each.key(), each.value()));
        }
      }
    }
    return received;
  }

  private Path log() {
    return directory.resolve("log");
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() {
    kill();
  }
}

package org.ostraka.delivery.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.settings.SinkSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer for a topic of Apache Kafka. It is idempotent, so what it repeats by itself is neither
 * doubled nor out of order, and it repeats for as long as the broker is away. One thread.
 */
final class KafkaBroker implements Broker {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaBroker.class);

  /** An item with both images, where every byte needs an escape. The broker may allow less. */
  private static final int MAX_REQUEST_BYTES = 8 << 20;

  /** How long the client waits before it connects again. It logs each attempt. */
  private static final int MAX_RECONNECT_MILLIS = 10_000;

  private final String sink;
  private final SinkSettings.Kafka settings;
  private final BackOff backOff;
  private Optional<Producer<byte[], byte[]>> producer = Optional.empty();

  KafkaBroker(String sink, SinkSettings.Kafka settings, BackOff backOff) {
    this.sink = sink;
    this.settings = settings;
    this.backOff = backOff;
  }

  /**
   * What became of messages that were sent.
   *
   * @param acknowledged how many from the start the broker has
   * @param failure why it is not all of them
   */
  private record Attempt(int acknowledged, Optional<Throwable> failure) {}

  @Override
  public void send(List<Message> messages) throws InterruptedException {
    int sent = 0;
    int failures = 0;
    while (sent < messages.size()) {
      // After a failure the next message goes alone, so that those behind it are not doubled again.
      int end = failures == 0 ? messages.size() : sent + 1;
      Attempt attempt = attempt(messages.subList(sent, end));
      sent += attempt.acknowledged();
      if (attempt.failure().isEmpty()) {
        failures = 0;
      } else {
        failures = attempt.acknowledged() > 0 ? 1 : failures + 1;
        rest(failures, attempt.failure().get());
      }
    }
  }

  private Attempt attempt(List<Message> messages) throws InterruptedException {
    int acknowledged = 0;
    try {
      List<Future<RecordMetadata>> answers = new ArrayList<>();
      for (Message message : messages) {
        Future<RecordMetadata> answer =
            producer().send(new ProducerRecord<>(settings.topic(), message.key(), message.value()));
        answers.add(answer);
        // A message that could not even be queued, as while the broker is away, must not be passed.
        if (answer.state() == Future.State.FAILED) {
          break;
        }
      }
      for (Future<RecordMetadata> answer : answers) {
        answer.get();
        acknowledged++;
      }
      return new Attempt(acknowledged, Optional.empty());
    } catch (InterruptException _) {
      // Kafka's exception leaves the thread interrupted.
      Thread.interrupted();
      throw new InterruptedException();
    } catch (ExecutionException failed) {
      return new Attempt(acknowledged, Optional.of(Objects.requireNonNull(failed.getCause())));
    } catch (KafkaException failed) {
      return new Attempt(acknowledged, Optional.of(failed));
    }
  }

  private void rest(int failures, Throwable failure) throws InterruptedException {
    close();
    if (BackOff.isLogged(failures)) {
      LOG.warn("sink {} could not deliver (failure {} in a row)", sink, failures, failure);
    }
    backOff.await(failures);
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> made = producer.orElseGet(() -> new KafkaProducer<>(properties()));
    producer = Optional.of(made);
    return made;
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, MAX_RECONNECT_MILLIS);
    properties.putAll(settings.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    return properties;
  }

  /** Closes at once: what is not acknowledged will be sent again. */
  @Override
  public void close() {
    producer.ifPresent(open -> open.close(Duration.ZERO));
    producer = Optional.empty();
  }
}

package org.ostraka.delivery.settings;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ostraka.model.TableArn;

/** A broker that gets the changes of a table. Immutable. */
public record SinkSettings(
    String name, TableArn table, StartingPosition startingPosition, Broker broker) {

  /** Where the changes go. */
  public sealed interface Broker {}

  /**
   * A topic of Apache Kafka.
   *
   * @param bootstrapServers {@code host:port}, several separated by commas
   * @param properties settings of the producer, by Kafka's names
   */
  public record Kafka(String bootstrapServers, String topic, Map<String, String> properties)
      implements Broker {
    public Kafka {
      properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
  }

  /**
   * An exchange of an AMQP 0-9-1 broker.
   *
   * @param exchange the name; empty for the default exchange
   */
  public record Amqp(URI uri, String exchange, String routingKey) implements Broker {}
}

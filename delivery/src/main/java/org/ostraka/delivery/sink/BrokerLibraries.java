package org.ostraka.delivery.sink;

import org.ostraka.delivery.settings.SinkSettings;

/**
 * Looks for the libraries of brokers, which lie apart from other jars in a distribution (decision
 * 9). Stateless.
 */
public final class BrokerLibraries {
  private BrokerLibraries() {}

  /** Returns whether what a sink needs is on the class path. */
  public static boolean hasWhatItNeeds(SinkSettings sink) {
    return isPresent(
        switch (sink.broker()) {
          case SinkSettings.Kafka _ -> "org.apache.kafka.clients.producer.KafkaProducer";
          case SinkSettings.Amqp _ -> "com.rabbitmq.client.ConnectionFactory";
        });
  }

  static boolean isPresent(String className) {
    try {
      Class.forName(className, false, BrokerLibraries.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }
}

package org.ostraka.server;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import org.ostraka.delivery.ConfiguredReaders;
import org.ostraka.delivery.Deliveries;
import org.ostraka.delivery.Readers;
import org.ostraka.delivery.WantedReader;
import org.ostraka.delivery.kinesis.KinesisDestinations;
import org.ostraka.delivery.kinesis.KinesisEndpoint;
import org.ostraka.delivery.settings.StartingPosition;
import org.ostraka.delivery.settings.TriggerSettings;
import org.ostraka.delivery.sink.SinkConsumer;
import org.ostraka.delivery.trigger.TriggerConsumer;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.kinesis.DestinationSettling;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.storage.Store;

/**
 * Makes what delivers changes of tables to Kinesis data streams, functions and brokers. One thread.
 *
 * @param parts gets what has to be closed
 */
record DeliveryParts(
    ServerSettings settings, Store store, Catalogue catalogue, Clock clock, Parts parts) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** How long stopping waits for the thread of a shard. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String TRIGGER = "trigger/";
  private static final String SINK = "sink/";

  /** Makes the deliveries, with those to other regions. */
  Deliveries deliveries(Readers replicas) {
    return new Deliveries(
        store,
        catalogue,
        List.of(kinesis(), triggers(), sinks(), replicas),
        threads("delivery-"),
        Thread::sleep,
        PATIENCE);
  }

  private Readers kinesis() {
    Optional<KinesisEndpoint> endpoint =
        settings.deliveries().kinesisEndpoint().map(uri -> parts.add(KinesisEndpoint.at(uri)));
    return new KinesisDestinations(
        catalogue,
        new LogReaders(store),
        new DestinationSettling(catalogue, settings.engine().streams(), clock),
        endpoint,
        clock,
        Thread::sleep);
  }

  private Readers triggers() {
    List<TriggerSettings> triggers = settings.deliveries().configured().triggers();
    if (triggers.isEmpty()) {
      return new ConfiguredReaders(TRIGGER, List.of());
    }
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    parts.add(http::shutdownNow);
    return new ConfiguredReaders(
        TRIGGER,
        triggers.stream()
            .map(trigger ->
                new WantedReader(
                    trigger.table(),
                    TRIGGER + trigger.name(),
                    true,
                    start(trigger.startingPosition()),
                    new TriggerConsumer(
                        trigger,
                        http,
                        clock,
                        new Random(),
                        Thread::sleep,
                        threads(trigger.name() + "-"))))
            .toList());
  }

  private Readers sinks() {
    return new ConfiguredReaders(
        SINK,
        settings.deliveries().configured().sinks().stream()
            .map(sink ->
                new WantedReader(
                    sink.table(),
                    SINK + sink.name(),
                    true,
                    start(sink.startingPosition()),
                    new SinkConsumer(
                        sink, new Random(), Thread::sleep, threads(sink.name() + "-"))))
            .toList());
  }

  private static LogReader.Start start(StartingPosition position) {
    return switch (position) {
      case TRIM_HORIZON -> LogReader.Start.OLDEST;
      case LATEST -> LogReader.Start.NEWEST;
    };
  }

  private static ThreadFactory threads(String prefix) {
    return Thread.ofVirtual().name(prefix, 0).factory();
  }
}

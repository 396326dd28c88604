package org.ostraka.delivery.kinesis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.Readers;
import org.ostraka.delivery.ShardConsumer;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.delivery.WantedReader;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.kinesis.DestinationSettling;
import org.ostraka.engine.metric.CaptureMetrics;
import org.ostraka.engine.metric.TableMetrics;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Guard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kinesis data streams that tables send their changes to. It also settles their states: a
 * stream becomes ACTIVE when it is there, and DISABLED when nothing is being delivered any more.
 * One thread.
 */
public final class KinesisDestinations implements Readers {
  private static final Logger LOG = LoggerFactory.getLogger(KinesisDestinations.class);
  private static final String PREFIX = "kinesis/";

  /** How long an endpoint that cannot be reached keeps a stream in ENABLING. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The service's text (finding Q-300, October 2026). */
  private static final String NO_STREAM = "User does not have a permission to use kinesis stream";

  private final Catalogue catalogue;
  private final LogReaders readers;
  private final DestinationSettling settling;
  private final Optional<KinesisEndpoint> endpoint;
  private final Clock clock;
  private final Pause pause;

  /** Since when a stream is being enabled whose endpoint cannot be reached. */
  private final Map<Ongoing, Instant> unreachable = new HashMap<>();

  /** The streams that are being disabled, and whose readers are stopped. */
  private final Set<Ongoing> stopping = new HashSet<>();

  /** A change of a stream's state. */
  private record Ongoing(TableArn table, String streamArn) {}

  /**
   * Makes the destinations.
   *
   * @param endpoint where the streams are; empty when there is none, and then no stream can be
   *     enabled
   */
  public KinesisDestinations(
      Catalogue catalogue,
      LogReaders readers,
      DestinationSettling settling,
      Optional<KinesisEndpoint> endpoint,
      Clock clock,
      Pause pause) {
    this.catalogue = catalogue;
    this.readers = readers;
    this.settling = settling;
    this.endpoint = endpoint;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public boolean isOne(LogReader reader) {
    return reader.name().startsWith(PREFIX);
  }

  @Override
  public List<WantedReader> wanted(List<Guard> guards) {
    List<WantedReader> wanted = new ArrayList<>();
    for (TableRecord record : catalogue.records(each -> each.destinations().hasLive())) {
      TableArn table = record.description().arn();
      for (StreamingDestination destination : record.destinations().all()) {
        switch (destination.status()) {
          case ENABLING -> enable(record, destination, guards).ifPresent(wanted::add);
          case UPDATING -> {
            settling.settle(table, destination.streamArn());
            wanted.add(reader(record, destination));
          }
          case DISABLING -> disable(new Ongoing(table, destination.streamArn()));
          case ACTIVE -> wanted.add(reader(record, destination));
          case DISABLED, ENABLE_FAILED -> {}
        }
      }
    }
    return wanted;
  }

  /** Changes are kept for a stream without an endpoint, until there is one. */
  private WantedReader reader(TableRecord record, StreamingDestination destination) {
    return new WantedReader(
        record.description().arn(),
        name(record, destination),
        false,
        LogReader.Start.NEXT_SHARDS,
        stream(destination)
            .<ShardConsumer>map(stream ->
                new KinesisConsumer(stream, destination.precision(), metrics(record), pause))
            .orElse(new NoEndpoint(pause)));
  }

  /** Returns the counters of a table, which are the same ones as long as the table exists. */
  private CaptureMetrics metrics(TableRecord record) {
    return catalogue
        .describe(record.description().arn())
        .map(OpenTable::metrics)
        .orElseGet(TableMetrics::new)
        .capturing();
  }

  /** Waits for a server that has an endpoint. */
  private record NoEndpoint(Pause pause) implements ShardConsumer {
    @Override
    public void consume(ShardFeed feed) throws InterruptedException {
      LOG.warn("changes of {} wait for Kinesis, of which no endpoint is configured", feed.table());
      while (!feed.isAtEnd()) {
        pause.sleep(PATIENCE);
      }
    }
  }

  /** Ends the disabling of a stream once nothing is delivered: its reader was not wanted before. */
  private void disable(Ongoing disabling) {
    if (!stopping.add(disabling)) {
      settling.settle(disabling.table(), disabling.streamArn());
      stopping.remove(disabling);
    }
  }

  private Optional<WantedReader> enable(
      TableRecord record, StreamingDestination destination, List<Guard> guards) {
    TableArn table = record.description().arn();
    Ongoing enabling = new Ongoing(table, destination.streamArn());
    switch (health(destination)) {
      case TAKES_RECORDS -> {
        // The reader first: it reads all shards that are opened from now on, and settling opens
        // the first of them.
        readers.begin(table, name(record, destination), false, LogReader.Start.NEXT_SHARDS, guards);
        settling.settle(table, destination.streamArn());
        unreachable.remove(enabling);
        return Optional.of(reader(record, destination));
      }
      case REFUSES -> fail(enabling);
      case UNREACHABLE -> {
        Instant now = clock.instant();
        Instant since = unreachable.computeIfAbsent(enabling, _ -> now);
        if (!now.isBefore(since.plus(PATIENCE))) {
          fail(enabling);
        }
      }
    }
    return Optional.empty();
  }

  private void fail(Ongoing enabling) {
    LOG.warn(
        "{} cannot send its changes to {}: there is no such stream that can be used{}",
        enabling.table(),
        enabling.streamArn(),
        endpoint.isEmpty() ? ", since no endpoint of Kinesis is configured" : "");
    settling.fail(enabling.table(), enabling.streamArn(), NO_STREAM);
    unreachable.remove(enabling);
  }

  private KinesisStream.Health health(StreamingDestination destination) {
    Optional<KinesisStream> stream = stream(destination);
    try {
      return stream.isPresent() ? stream.get().health() : KinesisStream.Health.REFUSES;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return KinesisStream.Health.UNREACHABLE;
    }
  }

  private Optional<KinesisStream> stream(StreamingDestination destination) {
    return endpoint.flatMap(known -> known.stream(destination.streamArn()));
  }

  /** The table's id tells its reader from those of former tables of the name. */
  private static String name(TableRecord record, StreamingDestination destination) {
    return PREFIX + record.description().id() + "/" + destination.streamArn();
  }
}

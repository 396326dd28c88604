package org.ostraka.delivery.kinesis;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.ShardConsumer;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.delivery.wire.KinesisJson;
import org.ostraka.delivery.wire.KinesisRecordJson;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.metric.CaptureMetrics;
import org.ostraka.engine.stream.Change;
import org.ostraka.model.Item;
import org.ostraka.model.TimePrecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes to a Kinesis data stream, each at least once, and those of one item in their
 * order. Immutable.
 *
 * <p>Kinesis may write some records of a request and not others. So a request has one record of an
 * item at most, and the next record of the item waits until that one is written.
 *
 * @param precision the precision of times; absent when nobody chose one
 * @param metrics counts what is delivered
 */
record KinesisConsumer(
    KinesisStream stream, Optional<TimePrecision> precision, CaptureMetrics metrics, Pause pause)
    implements ShardConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(KinesisConsumer.class);

  /** The limits of a PutRecords request: "PutRecords" in the Kinesis API Reference. */
  private static final int MAX_ENTRIES = 500;

  private static final long MAX_REQUEST_BYTES = 5L << 20;

  /** Stored bytes of changes that are taken at once. */
  private static final long TAKEN_BYTES = 1L << 20;

  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(50);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(10);

  @Override
  public void consume(ShardFeed feed) throws InterruptedException {
    try (CaptureMetrics.ShardDelivery delivery = metrics.begin()) {
      while (!feed.isAtEnd()) {
        List<Change> changes = take(feed, delivery);
        if (!changes.isEmpty()) {
          delivery.waitsSince(changes.getFirst().record().created());
          write(feed, changes);
          feed.delivered(changes.getLast().position());
          count(changes);
        }
      }
    }
  }

  private static List<Change> take(ShardFeed feed, CaptureMetrics.ShardDelivery delivery)
      throws InterruptedException {
    List<Change> present = feed.take(MAX_ENTRIES, TAKEN_BYTES, Duration.ZERO);
    if (!present.isEmpty() || feed.isAtEnd()) {
      return present;
    }
    delivery.waitsForNothing();
    return feed.take(MAX_ENTRIES, TAKEN_BYTES, WAIT);
  }

  /**
   * Counts the units of changes, by the greater of the images: "Using Kinesis Data Streams to
   * capture changes to DynamoDB" in the Developer Guide.
   */
  private void count(List<Change> changes) {
    for (Change change : changes) {
      metrics.captured(
          CapacityUnits.write(
              change.record().before().map(Item::sizeBytes).orElse(0),
              change.record().after().map(Item::sizeBytes).orElse(0)));
    }
  }

  private void write(ShardFeed feed, List<Change> changes) throws InterruptedException {
    List<KinesisJson.Entry> left = new ArrayList<>();
    for (Change change : changes) {
      left.add(
          new KinesisJson.Entry(
              partitionKey(change.record().key()),
              KinesisRecordJson.of(feed.table().table(), change.record(), precision)));
    }
    Duration backOff = FIRST_BACK_OFF;
    while (!left.isEmpty()) {
      List<KinesisJson.Entry> request = firstOfEachItem(left);
      Set<KinesisJson.Entry> written = tryToWrite(feed, request, backOff.equals(FIRST_BACK_OFF));
      left.removeIf(written::contains);
      if (written.size() < request.size()) {
        pause.sleep(backOff);
        backOff = backOff.multipliedBy(2);
        backOff = backOff.compareTo(MAX_BACK_OFF) > 0 ? MAX_BACK_OFF : backOff;
      } else {
        backOff = FIRST_BACK_OFF;
      }
    }
  }

  /** Returns the first record of each item, as many as a request may have. */
  private static List<KinesisJson.Entry> firstOfEachItem(List<KinesisJson.Entry> left) {
    List<KinesisJson.Entry> request = new ArrayList<>();
    Set<String> items = new HashSet<>();
    long bytes = 0;
    for (KinesisJson.Entry entry : left) {
      if (!items.add(entry.partitionKey())) {
        continue;
      }
      bytes += entry.sizeBytes();
      if (!request.isEmpty() && bytes > MAX_REQUEST_BYTES) {
        break;
      }
      request.add(entry);
    }
    return request;
  }

  /**
   * Returns the records that need not be written again.
   *
   * @param isFirst whether the last request succeeded; a failure is logged once
   */
  private Set<KinesisJson.Entry> tryToWrite(
      ShardFeed feed, List<KinesisJson.Entry> request, boolean isFirst)
      throws InterruptedException {
    Set<KinesisJson.Entry> written = new HashSet<>();
    try {
      List<Optional<String>> failures = stream.put(request);
      for (int i = 0; i < request.size(); i++) {
        if (failures.get(i).isEmpty()) {
          written.add(request.get(i));
        }
      }
      countThrottled(failures);
    } catch (KinesisStream.RefusedException refused) {
      written.addAll(alone(feed, request, refused));
    } catch (IOException failed) {
      if (isFirst) {
        LOG.warn("changes of {} wait for Kinesis: {}", feed.table(), failed.toString());
      }
    }
    return written;
  }

  private void countThrottled(List<Optional<String>> failures) {
    int throttled = Collections.frequency(failures, Optional.of(KinesisStream.THROTTLED));
    if (throttled > 0) {
      metrics.throttled(throttled);
    }
  }

  /** Writes the records of a refused request one by one, and gives up those that are refused. */
  private Set<KinesisJson.Entry> alone(
      ShardFeed feed, List<KinesisJson.Entry> request, KinesisStream.RefusedException refused)
      throws InterruptedException {
    if (request.size() == 1) {
      LOG.error(
          "a change of {} is not delivered: Kinesis refuses its record of {} bytes: {}",
          feed.table(),
          request.getFirst().sizeBytes(),
          refused.getMessage());
      metrics.failed();
      return Set.copyOf(request);
    }
    Set<KinesisJson.Entry> written = new HashSet<>();
    for (KinesisJson.Entry entry : request) {
      written.addAll(tryToWrite(feed, List.of(entry), true));
    }
    return written;
  }

  /**
   * Returns the upper-case MD5 of the item's key, which puts all records of an item into one shard.
   */
  private static String partitionKey(Item key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] hash = digest.digest(ItemEncoding.encode(key).array());
      return HexFormat.of().withUpperCase().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

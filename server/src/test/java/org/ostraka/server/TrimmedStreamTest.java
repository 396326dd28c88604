package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.LostWrites;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import org.ostraka.storage.rocksdb.VolumeThreads;
import org.ostraka.testkit.random.RandomCase;
import org.ostraka.testkit.transcript.Answer;

/**
 * A stream that is written to for three days keeps the records of one day, for its readers and on
 * the disk.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TrimmedStreamTest {
  /** Memtables so small that the records are in table files. */
  private static final RocksSettings SMALL = new RocksSettings(8 << 20, 1 << 20, 16 << 20);

  private static final Instant START = Instant.parse("2026-11-28T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofHours(24);
  private static final int HOURS = 72;
  private static final int WRITES_OF_AN_HOUR = 20;
  private static final int ITEMS = 5;
  private static final int ITEM_BYTES = 20_000;

  /** The bytes of an hour's records, each with an item before and after. */
  private static final long HOUR_BYTES = 2L * WRITES_OF_AN_HOUR * ITEM_BYTES;

  /** What can be read, a shard's four hours that are dropped together, and RocksDB's own files. */
  private static final long MOST_HOURS = 24 + 2 * 4 + 12;

  /** At the end there is left at most such a part: the items, and RocksDB's own files. */
  private static final int LEFT_PART = 8;

  @TempDir private Path parent;
  private Instant now = START;

  @Test
  void whatCanNoLongerBeReadLeavesTheDisk(TestInfo test) throws Exception {
    RandomGenerator random = RandomCase.of(test).branch(0);
    Path path = parent.resolve("data");
    try (DataDirectory directory = DataDirectory.open(path);
        ExecutorService scans = Executors.newSingleThreadExecutor();
        ServerInMemory server = open(directory, scans)) {
      create(server);
      write(server, random);
      Shard shard = shards(server).getFirst();
      String first = found("SequenceNumber", oldest(server)).getFirst();
      for (int hour = 1; hour < HOURS; hour++) {
        pass(server);
        write(server, random);
        assertReadersSeeOneDay(server);
        if (hour == 25) {
          assertThat(iterator(server, shard, "AT_SEQUENCE_NUMBER", first).body())
              .contains("TrimmedDataAccessException");
        }
      }
      assertThat(shards(server)).doesNotContain(shard);
      awaitBytes(path, MOST_HOURS * HOUR_BYTES);
      long busy = bytes(path);
      assertThat(busy).as("bytes while it is written").isGreaterThan(HOUR_BYTES);

      for (int hour = 0; hour < 30; hour++) {
        pass(server);
      }
      awaitBytes(path, busy / LEFT_PART);
      assertThat(IntegrityCheck.run(server.store()).named()).isEmpty();
    }
  }

  /** The oldest record that a reader gets was made less than a day ago, and nearly a day ago. */
  private void assertReadersSeeOneDay(ServerInMemory server) {
    String seconds = found("ApproximateCreationDateTime", oldest(server)).getFirst();
    Instant oldest = Instant.ofEpochSecond(Long.parseLong(seconds));
    Instant horizon = now.minus(DAY).isBefore(START) ? START : now.minus(DAY).plus(HOUR);
    assertThat(oldest).as("the oldest record at %s", now).isEqualTo(horizon);
  }

  private static ServerInMemory open(DataDirectory directory, ExecutorService scans)
      throws Exception {
    VolumeThreads threads = new VolumeThreads(scans, Thread.ofPlatform().daemon().factory());
    return ServerInMemory.over(
        RocksVolume.open(directory, SMALL, threads, LostWrites.REFUSE), START, Map.of());
  }

  private static void create(ServerInMemory server) {
    call(
        server,
        "DynamoDB_20120810.CreateTable",
        """
        {"TableName":"votes","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"N"}],
         "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
         "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}
        """);
  }

  private static void write(ServerInMemory server, RandomGenerator random) {
    for (int i = 0; i < WRITES_OF_AN_HOUR; i++) {
      byte[] text = new byte[ITEM_BYTES / 2];
      random.nextBytes(text);
      call(
          server,
          "DynamoDB_20120810.PutItem",
          "{\"TableName\":\"votes\",\"Item\":{\"id\":{\"N\":\"%d\"},\"text\":{\"S\":\"%s\"}}}"
              .formatted(i % ITEMS, HexFormat.of().formatHex(text)));
    }
  }

  private void pass(ServerInMemory server) {
    server.advance(HOUR);
    now = now.plus(HOUR);
  }

  /** Returns the shards of the stream, older ones first. */
  private static List<Shard> shards(ServerInMemory server) {
    String table = call(server, "DynamoDB_20120810.DescribeTable", "{\"TableName\":\"votes\"}");
    String arn = found("LatestStreamArn", table).getFirst();
    String described =
        call(server, "DynamoDBStreams_20120810.DescribeStream", "{\"StreamArn\":\"" + arn + "\"}");
    return found("ShardId", described).stream().map(id -> new Shard(arn, id)).toList();
  }

  private record Shard(String stream, String id) {}

  private static Answer iterator(ServerInMemory server, Shard shard, String type, String number) {
    String place = number.isEmpty() ? "" : ",\"SequenceNumber\":\"" + number + "\"";
    return answer(
        server,
        "DynamoDBStreams_20120810.GetShardIterator",
        "{\"StreamArn\":\"%s\",\"ShardId\":\"%s\",\"ShardIteratorType\":\"%s\"%s}"
            .formatted(shard.stream(), shard.id(), type, place));
  }

  /** Returns a page with the oldest record that can be read from its shard's horizon on. */
  private static String oldest(ServerInMemory server) {
    for (Shard shard : shards(server)) {
      String from =
          found("ShardIterator", iterator(server, shard, "TRIM_HORIZON", "").body()).getFirst();
      String page =
          call(
              server,
              "DynamoDBStreams_20120810.GetRecords",
              "{\"Limit\":1,\"ShardIterator\":\"" + from + "\"}");
      if (page.contains("eventID")) {
        return page;
      }
    }
    throw new AssertionError("no shard has a record");
  }

  /** Returns the values of a member. */
  private static List<String> found(String member, String answer) {
    return Pattern.compile("\"" + member + "\":\"?([^\",}]+)")
        .matcher(answer)
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }

  private static String call(ServerInMemory server, String target, String body) {
    Answer answer = answer(server, target, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static Answer answer(ServerInMemory server, String target, String body) {
    return server.call(
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.0",
            "X-Amz-Target",
            target,
            "X-Amz-Date",
            "20261128T000000Z",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=a/20261128/us-east-1/dynamodb/aws4_request,"
                + " SignedHeaders=host, Signature=0"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Waits until the files are as small; the room of what was dropped is given back after a while.
   */
  private static void awaitBytes(Path directory, long most) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
    long bytes = bytes(directory);
    while (bytes > most) {
      assertThat(System.nanoTime()).as("%d bytes, not %d", bytes, most).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      bytes = bytes(directory);
    }
  }

  /** Returns the bytes of all files. RocksDB removes files while they are listed. */
  private static long bytes(Path directory) throws IOException {
    LongAdder bytes = new LongAdder();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.add(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return bytes.sum();
  }
}

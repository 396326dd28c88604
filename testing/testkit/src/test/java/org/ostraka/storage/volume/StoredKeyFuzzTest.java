package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Origin;
import org.ostraka.storage.PartitionHash;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;
import org.ostraka.testkit.random.Fuzz;
import org.ostraka.testkit.random.Mutator;

/**
 * Any bytes on disk are read as a key or refused. The test is in this module because the tests of
 * {@code storage/volume} cannot use the testkit, which is built after it.
 */
final class StoredKeyFuzzTest {
  private static final int INPUTS = 50_000;
  private static final int HASH_AT = 9;
  private static final int LENGTH_AT = HASH_AT + Long.BYTES;
  private static final int PARTITION_AT = LENGTH_AT + Short.BYTES;

  private static final List<String> WORDS =
      List.of("\u0000", "\u0001", "\u0002", "\u0000\u0000\u0000\u0000", "\u007f", "p");

  @Test
  void anyBytesAreTheKeyThatTheyAreWrittenForOrRefused(TestInfo test) {
    Fuzz.of(test, INPUTS)
        .texts(
            text -> {
              byte[] stored = Mutator.bytes(text);
              try {
                assertThat(encoded(StoredKey.decode(stored))).isEqualTo(stored);
              } catch (CorruptDataException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
              }
            },
            random ->
                rehashed(Mutator.ofBytes(StoredKeyFuzzTest::key, WORDS).next(random), random));
  }

  @Test
  void anyBytesAreAValueWithItsChecksumOrRefused(TestInfo test) {
    Fuzz.of(test, INPUTS)
        .texts(
            text -> {
              byte[] stored = Mutator.bytes(text);
              byte[] key = {1, 2, 3};
              try {
                VersionedValue row = StoredValue.row(key, stored);
                assertThat(StoredValue.ofRow(key, row.version(), row.value())).isEqualTo(stored);
              } catch (CorruptDataException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
              }
            },
            Mutator.ofBytes(
                random ->
                    Mutator.text(
                        StoredValue.ofRow(
                            new byte[] {1, 2, 3}, version(random), bytes(random, 40))),
                WORDS));
  }

  private static byte[] encoded(StoredKey.Decoded decoded) {
    return switch (decoded) {
      case StoredKey.Decoded.OfRow(RowKey key) -> StoredKey.of(key);
      case StoredKey.Decoded.OfRecord record ->
          StoredKey.of(record.log(), record.position().value());
      case StoredKey.Decoded.OfBounds bounds -> StoredKey.boundsOf(bounds.log().space());
      case StoredKey.Decoded.OfClock _ -> StoredKey.ofClock();
    };
  }

  private static String key(RandomGenerator random) {
    Space space = new Space(random.nextLong() >>> (1 + random.nextInt(63)));
    return Mutator.text(
        switch (random.nextInt(8)) {
          case 0, 1 ->
              StoredKey.of(new LogId(space), random.nextLong() >>> (1 + random.nextInt(63)));
          case 2 -> StoredKey.boundsOf(space);
          case 3 -> StoredKey.ofClock();
          default -> StoredKey.of(new RowKey(space, bytes(random, 300), bytes(random, 20)));
        });
  }

  private static Version version(RandomGenerator random) {
    return new Version(new Stamp(random.nextLong() >>> 1), new Origin(random.nextInt()));
  }

  /** Mostly gives a damaged row the hash of its damaged partition. */
  private static String rehashed(String text, RandomGenerator random) {
    byte[] stored = Mutator.bytes(text);
    if (stored.length < PARTITION_AT || random.nextInt(4) == 0) {
      return text;
    }
    ByteBuffer row = ByteBuffer.wrap(stored);
    int length = Math.min(row.getShort(LENGTH_AT) & 0xFFFF, stored.length - PARTITION_AT);
    byte[] partition = new byte[length];
    row.get(PARTITION_AT, partition);
    return Mutator.text(row.putLong(HASH_AT, PartitionHash.of(Bytes.wrap(partition))).array());
  }

  private static Bytes bytes(RandomGenerator random, int limit) {
    byte[] bytes = new byte[random.nextInt(1 + random.nextInt(limit))];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}

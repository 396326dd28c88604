package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Version;

/** One row's way into the cache and out of it. */
final class RowCacheTest {
  private static final Bytes KEY = Bytes.of(1, 2, 3);
  private static final VersionedValue OLD = row(Bytes.of(4));
  private static final VersionedValue NEW = row(Bytes.of(5));

  private static final long BYTES = 64L * RowCache.MAX_ROW_BYTES;

  private final RowCache cache = new RowCache(BYTES);

  @Test
  void whatWasReadIsKept() {
    cache.end(cache.begin(KEY), KEY, OLD);
    assertThat(cache.find(KEY)).isEqualTo(OLD);
  }

  @Test
  void aRowThatIsNotThereIsNotKept() {
    cache.end(cache.begin(KEY), KEY, null);
    assertThat(cache.find(KEY)).isNull();
  }

  @Test
  void whatWasReadBeforeAWriteIsNotKeptAfterIt() {
    RowCache.Reading reading = cache.begin(KEY);
    cache.close(List.of(KEY));
    cache.open(KEY, NEW);
    cache.end(reading, KEY, OLD);
    assertThat(cache.find(KEY)).isNull();
  }

  @Test
  void whatIsReadDuringAWriteIsNotKept() {
    cache.close(List.of(KEY));
    RowCache.Reading reading = cache.begin(KEY);
    cache.open(KEY, NEW);
    cache.end(reading, KEY, OLD);
    assertThat(cache.find(KEY)).isNull();
  }

  @Test
  void aRowThatIsBeingWrittenIsNotTold() {
    cache.end(cache.begin(KEY), KEY, OLD);
    cache.close(List.of(KEY));
    assertThat(cache.find(KEY)).isNull();
  }

  @Test
  void aRowThatWasKeptIsKeptAsItWasWritten() {
    cache.end(cache.begin(KEY), KEY, OLD);
    cache.close(List.of(KEY));
    cache.open(KEY, NEW);
    assertThat(cache.find(KEY)).isEqualTo(NEW);
  }

  @Test
  void aRowThatIsGoneIsNotKept() {
    cache.end(cache.begin(KEY), KEY, OLD);
    cache.close(List.of(KEY));
    cache.open(KEY, null);
    assertThat(cache.find(KEY)).isNull();
  }

  @Test
  void aRowThatIsTooLargeIsNotKept() {
    VersionedValue large = row(Bytes.wrap(new byte[RowCache.MAX_ROW_BYTES + 1]));
    cache.end(cache.begin(KEY), KEY, large);
    assertThat(cache.find(KEY)).isNull();
  }

  @Test
  void theLaterOfTwoReadingsStays() {
    RowCache.Reading first = cache.begin(KEY);
    RowCache.Reading second = cache.begin(KEY);
    cache.end(second, KEY, NEW);
    cache.end(first, KEY, OLD);
    assertThat(cache.find(KEY)).isEqualTo(NEW);
  }

  @Test
  void smallRowsAreNotCountedAsLargeOnes() {
    readAll(1000);
    assertThat(kept(1000)).isGreaterThan(400);
  }

  @Test
  void rowsTakeNoMoreThanTheyMay() {
    readAll(10_000);
    assertThat(cache.sizeBytes()).isBetween(BYTES / 2, BYTES);
    assertThat(kept(10_000)).isPositive();
  }

  @Test
  void whatIsWrittenAndWhatGoesIsCounted() {
    readAll(100);
    List<Bytes> keys = IntStream.range(0, 100).mapToObj(RowCacheTest::key).toList();
    cache.close(keys);
    assertThat(cache.sizeBytes()).isZero();
    keys.forEach(key -> cache.open(key, NEW));
    assertThat(cache.sizeBytes()).isPositive();
    cache.clear();
    assertThat(cache.sizeBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 256, 600})
  void aRowOrNoneIsKeptInLittleRoom(long bytes) {
    RowCache small = new RowCache(bytes);
    for (int i = 0; i < 100; i++) {
      small.end(small.begin(key(i)), key(i), NEW);
      assertThat(small.sizeBytes()).isBetween(0L, bytes);
    }
    small.close(List.of(KEY));
    small.open(KEY, NEW);
    small.clear();
  }

  @Test
  void nothingIsKeptWithoutRoom() {
    RowCache none = new RowCache(0);
    none.end(none.begin(KEY), KEY, OLD);
    none.close(List.of(KEY));
    none.open(KEY, NEW);
    none.clear();
    assertThat(none.find(KEY)).isNull();
  }

  private void readAll(int rows) {
    for (int i = 0; i < rows; i++) {
      cache.end(cache.begin(key(i)), key(i), row(Bytes.wrap(new byte[100])));
    }
  }

  private long kept(int rows) {
    return IntStream.range(0, rows).filter(i -> cache.find(key(i)) != null).count();
  }

  private static VersionedValue row(Bytes value) {
    return new VersionedValue(Version.ZERO, value);
  }

  private static Bytes key(int number) {
    return Bytes.wrap("row %06d".formatted(number).getBytes(StandardCharsets.US_ASCII));
  }
}

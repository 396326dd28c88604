package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;

/** One row's way into the cache and out of it. */
final class RowCacheTest {
  private static final Bytes KEY = Bytes.of(1, 2, 3);
  private static final Bytes OLD = Bytes.of(4);
  private static final Bytes NEW = Bytes.of(5);

  private final RowCache cache = new RowCache(64L * RowCache.MAX_ROW_BYTES);

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
    Bytes large = Bytes.wrap(new byte[RowCache.MAX_ROW_BYTES + 1]);
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
  void nothingIsKeptWithoutRoom() {
    RowCache none = new RowCache(0);
    none.end(none.begin(KEY), KEY, OLD);
    none.close(List.of(KEY));
    none.open(KEY, NEW);
    none.clear();
    assertThat(none.find(KEY)).isNull();
  }
}

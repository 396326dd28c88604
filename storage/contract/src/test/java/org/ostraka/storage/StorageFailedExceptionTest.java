package org.ostraka.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Clients are told the reason; the operator also gets what names files. */
final class StorageFailedExceptionTest {
  @Test
  void theReasonLeavesOutWhatTheCauseSays() {
    StorageFailedException failed =
        new StorageFailedException("rows cannot be read", new IOException("/data/7.sst: I/O"));
    assertThat(failed.reason()).isEqualTo("rows cannot be read");
    assertThat(failed).hasMessage("rows cannot be read: /data/7.sst: I/O");
  }

  @Test
  void aCauseWithTheSameReasonIsNotRepeated() {
    StorageFailedException first =
        new StorageFailedException("rows cannot be read", new IOException("/data/7.sst: I/O"));
    assertThat(new StorageFailedException(first.reason(), first)).hasMessage(first.getMessage());
    assertThat(new StorageFailedException("the store is closed").reason())
        .isEqualTo("the store is closed");
  }
}

package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class RocksFilesTest {
  /** Numbers have six digits at least, and more where six are too few, as in RocksDB. */
  @Test
  void namesAreThoseOfRocksDb() {
    Path directory = Path.of("data");
    RocksFiles files = new RocksFiles(directory);
    assertThat(files.log(0)).isEqualTo(directory.resolve("000000.log"));
    assertThat(files.log(7)).isEqualTo(directory.resolve("000007.log"));
    assertThat(files.table(123_456)).isEqualTo(directory.resolve("123456.sst"));
    assertThat(files.table(1_234_567)).isEqualTo(directory.resolve("1234567.sst"));
    assertThat(files.manifest(42)).isEqualTo(directory.resolve("MANIFEST-000042"));
    assertThat(RocksFiles.number(files.table(1_234_567))).isEqualTo(1_234_567);
  }
}

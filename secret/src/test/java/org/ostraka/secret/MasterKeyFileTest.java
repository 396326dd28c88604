package org.ostraka.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.Bytes;

/** Master keys in files: what is read, what is refused, and how one takes the place of another. */
final class MasterKeyFileTest {
  @TempDir Path directory;

  @Test
  void aFileIsMadeOnceForItsOwnerAlone() throws IOException {
    Path path = directory.resolve("master.key");
    MasterKey made = MasterKeyFile.readOrMake(path);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(MasterKeyFile.readOrMake(path).id()).isEqualTo(made.id());
    assertThatThrownBy(() -> MasterKeyFile.make(path)).isInstanceOf(MasterKeyException.class);
    assertThat(directory)
        .isDirectoryContaining(path::equals)
        .isDirectoryNotContaining("glob:**.new");
  }

  @RepeatedTest(20)
  void thoseWhoStartTogetherHaveOneKey() throws Exception {
    Path path = directory.resolve("master.key");
    CyclicBarrier start = new CyclicBarrier(4);
    Callable<String> starter =
        () -> {
          start.await();
          return MasterKeyFile.readOrMake(path).id();
        };
    List<Future<String>> keys;
    try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
      keys = starters.invokeAll(Collections.nCopies(4, starter));
    }
    assertThat(keys).extracting(Future::get).containsOnly(keys.getFirst().get());
  }

  @Test
  void aKeyIsUnwrappedOnlyForWhatItWasWrapped() {
    MasterKey master = MasterKeyFile.readOrMake(directory.resolve("master.key"));
    byte[] key = AesGcm.newKey();
    Bytes wrapped = master.wrap(key, "space 1");
    assertThat(master.unwrap(wrapped, "space 1")).isEqualTo(key);
    assertThatThrownBy(() -> master.unwrap(wrapped, "space 2"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("was changed");
    assertThatThrownBy(() -> master.unwrap(Bytes.of(1, 2), "space 1"))
        .isInstanceOf(MasterKeyException.class);
  }

  @Test
  void theFirstLineWrapsAndAllUnwrap() throws IOException {
    Path path = directory.resolve("master.key");
    MasterKey old = MasterKeyFile.readOrMake(path);
    Bytes wrapped = old.wrap(AesGcm.newKey(), "x");
    Path fresh = directory.resolve("fresh.key");
    MasterKey other = MasterKeyFile.readOrMake(fresh);
    Files.writeString(path, Files.readString(fresh) + Files.readString(path));
    MasterKey both = MasterKeyFile.read(path);
    assertThat(both.id()).isEqualTo(other.id()).isNotEqualTo(old.id());
    assertThat(both.unwrap(wrapped, "x")).isEqualTo(old.unwrap(wrapped, "x"));
    assertThatThrownBy(() -> other.unwrap(wrapped, "x"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("fresh.key")
        .hasMessageContaining(old.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "AAAA\n", "not base64!\n", "é\n"})
  void whatIsNoKeyIsRefusedWithItsFile(String content) throws IOException {
    Path path = Files.writeString(directory.resolve("bad.key"), content);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> MasterKeyFile.read(path))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("bad.key");
  }

  @Test
  void aFileThatIsMissingOrOpenToOthersIsRefused() throws IOException {
    Path path = directory.resolve("master.key");
    assertThatThrownBy(() -> MasterKeyFile.read(path)).hasMessageContaining("does not exist");
    MasterKeyFile.make(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> MasterKeyFile.read(path)).hasMessageContaining("chmod 600");
  }
}

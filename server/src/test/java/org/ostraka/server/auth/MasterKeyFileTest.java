package org.ostraka.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.identity.secret.MasterKey;
import org.ostraka.identity.secret.MasterKeyException;
import org.ostraka.model.Bytes;

final class MasterKeyFileTest {
  private static final byte[] KEY = {1, 2, 3};

  @TempDir Path directory;

  private MasterKey inDirectory() {
    return MasterKeyFile.in(directory, new SplittableRandom(1));
  }

  @Test
  void theKeyOfADataDirectoryIsMadeWhenItIsNeededAndOnlyForItsOwner() throws Exception {
    MasterKey first = inDirectory();
    Path file = directory.resolve("master.key");
    assertThat(file).doesNotExist();
    Bytes wrapped = first.wrap(KEY, "a");
    assertThat(Files.readAllBytes(file)).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(inDirectory().unwrap(wrapped, "a")).isEqualTo(KEY);
    assertThat(inDirectory().unwrap(inDirectory().wrap(KEY, "b"), "b")).isEqualTo(KEY);
  }

  @Test
  void whatIsLeftOfAnUnfinishedKeyIsNoKey() throws Exception {
    Files.write(directory.resolve("master.key.new"), new byte[] {1});
    assertThat(inDirectory().unwrap(inDirectory().wrap(KEY, "a"), "a")).isEqualTo(KEY);
  }

  @Test
  void aKeyThatIsMissingIsNotMadeToOpenWhatAnotherOneSealed() throws Exception {
    Bytes wrapped = inDirectory().wrap(KEY, "a");
    Path file = directory.resolve("master.key");
    Files.delete(file);
    assertThatThrownBy(() -> inDirectory().unwrap(wrapped, "a"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessage("there is no master key in " + file + ", which opens the stored secrets");
    assertThat(file).doesNotExist();
  }

  @Test
  void aNamedFileHasToBeAKey() throws Exception {
    Path file = directory.resolve("mine");
    assertThatThrownBy(() -> MasterKeyFile.at(file, new SplittableRandom(1)).wrap(KEY, "a"))
        .isInstanceOf(MasterKeyException.class);
    Files.write(file, new byte[31]);
    assertThatThrownBy(() -> MasterKeyFile.at(file, new SplittableRandom(1)).wrap(KEY, "a"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessage("the master key in " + file + " has not 32 bytes");
  }
}

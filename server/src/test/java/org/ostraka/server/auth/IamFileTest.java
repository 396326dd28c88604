package org.ostraka.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.directory.Directory;
import org.ostraka.engine.directory.SecretSeal;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.AccountId;
import org.ostraka.secret.MasterKeyInMemory;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.clock.ManualClock;

final class IamFileTest {
  private static final AccountId ACCOUNT = new AccountId("111122223333");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Store store =
      new VolumeStore(
          new MemoryVolume(MemoryVolume.Steps.SOUND), new HybridClock(clock), Thread::new, _ -> {});
  private final Directory directory =
      Directory.open(
          store,
          Catalogue.open(store, clock, EngineSettings.DEFAULT).sharedChanges(),
          new SecretSeal(store, new MasterKeyInMemory(new byte[32])));

  @TempDir Path parent;
  private IamFile file;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(parent.resolve("secret"), "the-first-secret\n");
    write("bob");
    file = new IamFile(parent.resolve("iam.json"), directory, Map.of());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void write(String user) throws Exception {
    Files.writeString(
        parent.resolve("iam.json"),
        ("{\"Accounts\":{\"111122223333\":{\"Users\":{\"%s\":{\"AccessKeys\":"
                + "[{\"AccessKeyId\":\"AKIA1\",\"SecretFile\":\"secret\"}]}}}}}")
            .formatted(user));
  }

  private Optional<Secret> secret() {
    return directory.account(ACCOUNT).accessKey("AKIA1").map(key -> key.secret());
  }

  @Test
  void whatTheFileDefinesIsThereAndFollowsTheFile() throws Exception {
    assertThat(directory.isUsed()).isFalse();
    file.load();
    assertThat(directory.isUsed()).isTrue();
    assertThat(secret()).contains(new Secret("the-first-secret"));
    write("amy");
    file.reload();
    assertThat(directory.account(ACCOUNT).user("bob")).isEmpty();
    assertThat(directory.account(ACCOUNT).user("amy")).isPresent();
    Files.writeString(parent.resolve("secret"), "the-second-secret");
    file.reload();
    assertThat(secret()).contains(new Secret("the-second-secret"));
  }

  @Test
  void aFileWithAnErrorKeepsWhatWasDeclared() throws Exception {
    file.load();
    for (String wrong : new String[] {"{", "", "{\"Accounts\":{\"1\":{}}}"}) {
      Files.writeString(parent.resolve("iam.json"), wrong);
      file.reload();
      assertThat(directory.account(ACCOUNT).user("bob")).isPresent();
    }
    Files.delete(parent.resolve("iam.json"));
    file.reload();
    assertThat(directory.account(ACCOUNT).user("bob")).isPresent();
    write("amy");
    file.reload();
    assertThat(directory.account(ACCOUNT).user("amy")).isPresent();
  }

  @Test
  void aStartWithAnErrorIsRefusedWithTheFileAndThePlace() throws Exception {
    Path path = parent.resolve("iam.json");
    Files.writeString(path, "{\"Accounts\":{\"1\":{}}}");
    assertThatThrownBy(file::load)
        .isInstanceOf(IamFileException.class)
        .hasMessage(path + ": line 1, column 18: an account id has twelve digits: 1");
    Files.delete(parent.resolve("secret"));
    write("bob");
    assertThatThrownBy(file::load)
        .isInstanceOf(IamFileException.class)
        .hasMessageStartingWith(path + ": line 1, column ");
  }
}

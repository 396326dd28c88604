package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.directory.Directory;
import org.ostraka.engine.directory.SecretSeal;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKeyInMemory;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.NewRootKey;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.clock.ManualClock;

/** What servers make when they start on an empty store. */
final class DirectoryPartsTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-30T12:00:00Z"));
  private final Store store =
      new VolumeStore(
          new MemoryVolume(MemoryVolume.Steps.SOUND), new HybridClock(clock), Thread::new, _ -> {});

  @AfterEach
  void close() {
    store.close();
  }

  /** An account has two root keys at most: with one for each server, the third would not start. */
  @Test
  void serversThatStartTogetherMakeOneRootKey() {
    List<Directory> directories = Stream.generate(this::directory).limit(3).toList();
    NewIds ids = new NewIds(new SplittableRandom(1));
    List<Optional<NewRootKey>> made =
        directories.stream()
            .map(directory -> DirectoryParts.newRootKey(directory, ids, clock.instant()))
            .toList();
    assertThat(made.getFirst()).isPresent();
    assertThat(made.subList(1, 3)).containsOnly(Optional.empty());
    for (Directory directory : directories) {
      assertThat(directory.account(Accounts.DEFAULT_ACCOUNT).accessKeys())
          .extracting(AccessKeyEntry::id)
          .containsExactly(made.getFirst().orElseThrow().id());
    }
  }

  private Directory directory() {
    return Directory.open(
        store,
        Catalogue.open(store, clock, EngineSettings.DEFAULT).sharedChanges(),
        new SecretSeal(store, new MasterKeyInMemory(new byte[AesGcm.KEY_BYTES])));
  }
}

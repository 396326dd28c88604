package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.encryption.KeyAccess;
import org.ostraka.engine.encryption.KeyProblem;
import org.ostraka.model.Bytes;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.secret.MasterKeyInMemory;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.encryption.EncryptedStore;
import org.ostraka.storage.encryption.KeyChoice;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.clock.ManualClock;

final class TableKeyWatchTest {
  private static final String FIRST = "arn:aws:kms:us-east-1:000000000000:key/first";
  private static final String SECOND = "arn:aws:kms:us-east-1:000000000000:key/second";
  private static final Space SECRET = new Space(5);
  private static final Space PLAIN = new Space(6);
  private static final UUID ID = new UUID(1, 2);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-29T12:00:00Z"));
  private final Store below =
      new VolumeStore(
          new MemoryVolume(MemoryVolume.Steps.SOUND), new HybridClock(clock), Thread::new, _ -> {});
  private final MasterKey master = new MasterKeyInMemory(AesGcm.newKey());
  private final Map<String, ServiceKey> service =
      new HashMap<>(Map.of(FIRST, new ServiceKey(), SECOND, new ServiceKey()));
  private final Map<Space, KeyChoice> choices =
      new HashMap<>(
          Map.of(
              SECRET, new KeyChoice(Optional.of(FIRST)), PLAIN, new KeyChoice(Optional.empty())));

  private EncryptedStore store = open();
  private TableKeyWatch watch = watch();

  /** A real key that its service may refuse, or that cannot be reached. */
  private static final class ServiceKey implements MasterKey {
    private final MasterKey key = new MasterKeyInMemory(AesGcm.newKey());
    private Optional<MasterKeyException> failure = Optional.empty();

    @Override
    public String id() {
      return key.id();
    }

    @Override
    public Bytes wrap(byte[] plain, String context) {
      fail();
      return key.wrap(plain, context);
    }

    @Override
    public byte[] unwrap(Bytes wrapped, String context) {
      fail();
      return key.unwrap(wrapped, context);
    }

    private void fail() {
      failure.ifPresent(thrown -> {
        throw thrown;
      });
    }
  }

  @AfterEach
  void close() {
    below.close();
  }

  @Test
  void aRefusedKeyTakesItsTableAwayAndNoOther() {
    fail(FIRST, refusal("DisabledException", "it is disabled"));
    watch.run();
    assertThat(watch.outage(SECRET))
        .contains(
            new KeyAccess.Outage(
                clock.instant(),
                new KeyProblem(Optional.of("DisabledException"), "it is disabled"),
                ID));
    assertThatThrownBy(() -> read(SECRET)).isInstanceOf(StorageFailedException.class);
    assertThat(read(PLAIN)).contains("vote");
  }

  @Test
  void aKeyThatIsBackServesItsTableAgain() {
    fail(FIRST, refusal("DisabledException", "it is disabled"));
    watch.run();
    service.get(FIRST).failure = Optional.empty();
    watch.run();
    assertThat(watch.outage(SECRET)).isEmpty();
    assertThat(read(SECRET)).contains("vote");
  }

  @Test
  void aServiceThatIsAwayTakesTheTableAwayAfterFiveMinutes() {
    fail(FIRST, new MasterKeyException("KMS cannot be reached"));
    watch.run();
    clock.advance(TableKeyWatch.PATIENCE);
    watch.run();
    assertThat(watch.outage(SECRET)).isEmpty();
    assertThat(read(SECRET)).contains("vote");
    clock.advance(Duration.ofSeconds(1));
    watch.run();
    assertThat(watch.outage(SECRET).map(KeyAccess.Outage::since)).contains(clock.instant());
    assertThatThrownBy(() -> read(SECRET)).isInstanceOf(StorageFailedException.class);
  }

  @Test
  void anAnswerInBetweenBeginsTheFiveMinutesAgain() {
    fail(FIRST, new MasterKeyException("KMS cannot be reached"));
    watch.run();
    service.get(FIRST).failure = Optional.empty();
    watch.run();
    clock.advance(TableKeyWatch.PATIENCE.plusSeconds(1));
    fail(FIRST, new MasterKeyException("KMS cannot be reached"));
    watch.run();
    assertThat(watch.outage(SECRET)).isEmpty();
  }

  @Test
  void aTableThatChoseAnotherKeyNeedsTheOldOneNoMore() {
    choices.put(SECRET, new KeyChoice(Optional.of(SECOND)));
    watch.run();
    service.remove(FIRST);
    store = open();
    watch = watch();
    assertThat(read(SECRET)).contains("vote");
    fail(SECOND, refusal("NotFoundException", "it is gone"));
    watch.run();
    assertThat(watch.outage(SECRET)).isPresent();
  }

  @Test
  void aTableThatLeavesARefusedKeyTakesNoOtherTableOfItsNewKeyAway() {
    Space other = new Space(7);
    choices.put(other, new KeyChoice(Optional.of(SECOND)));
    store.transact(
        List.of(key(other)),
        _ -> new Verdict<>(true, List.of(new Write.Put(key(other), bytes("vote")))));
    fail(FIRST, refusal("DisabledException", "it is disabled"));
    choices.put(SECRET, new KeyChoice(Optional.of(SECOND)));
    watch.run();
    assertThat(watch.outage(SECRET)).isPresent();
    assertThat(watch.outage(other)).isEmpty();
    assertThat(read(other)).contains("vote");
  }

  @Test
  void aTableStaysInReachWhenItsNewKeyIsRefused() {
    fail(SECOND, refusal("DisabledException", "it is disabled"));
    choices.put(SECRET, new KeyChoice(Optional.of(SECOND)));
    watch.run();
    assertThat(watch.outage(SECRET)).isEmpty();
    assertThat(read(SECRET)).contains("vote");
  }

  @Test
  void oldDataKeysOfTablesAreReplacedUnderTheirOwnKeyAndARefusedOneStopsNothing() {
    clock.advance(Duration.ofDays(2));
    EncryptedStore.open(below, master, this::find, clock).renewKeys(Duration.ofDays(1));
    fail(FIRST, refusal("DisabledException", "it is disabled"));
    clock.advance(Duration.ofDays(2));
    EncryptedStore opened = EncryptedStore.open(below, master, this::find, clock);
    opened.renewKeys(Duration.ofDays(1));
    assertThat(opened.tryTableKeys()).containsOnlyKeys(SECRET);
    service.get(FIRST).failure = Optional.empty();
    assertThat(opened.read(key(SECRET), Consistency.STRONG)).isPresent();
    assertThat(opened.read(key(PLAIN), Consistency.STRONG)).isPresent();
  }

  @Test
  void aTableThatChoseTheDefaultNeedsNoKeyServiceAnyMore() {
    choices.put(SECRET, new KeyChoice(Optional.empty()));
    watch.run();
    service.clear();
    store = open();
    assertThat(read(SECRET)).contains("vote");
  }

  @Test
  void aStartLeavesTheKeysOfTablesWrappedAsTheyAre() {
    EncryptedStore opened = EncryptedStore.open(below, master, this::find, clock);
    opened.renewKeys(Duration.ofDays(1));
    fail(FIRST, refusal("DisabledException", "it is disabled"));
    assertThat(opened.tryTableKeys()).containsOnlyKeys(SECRET);
  }

  @Test
  void aKeyIsAskedBeforeATableGetsIt() {
    assertThat(watch.problem(FIRST)).isEmpty();
    fail(FIRST, refusal("AccessDeniedException", "no"));
    assertThat(watch.problem(FIRST))
        .contains(new KeyProblem(Optional.of("AccessDeniedException"), "no"));
  }

  /** Opens the store and, at the first time, writes a row of each space. */
  private EncryptedStore open() {
    EncryptedStore opened = EncryptedStore.open(below, master, this::find, clock);
    opened.followTableKeys(space -> Optional.ofNullable(choices.get(space)));
    for (Space space : List.of(SECRET, PLAIN)) {
      if (!below.spaces().contains(space)) {
        opened.transact(
            List.of(key(space)),
            _ -> new Verdict<>(true, List.of(new Write.Put(key(space), bytes("vote")))));
      }
    }
    return opened;
  }

  private TableKeyWatch watch() {
    return new TableKeyWatch(store, this::find, clock, () -> ID);
  }

  private Optional<MasterKey> find(String arn) {
    return Optional.ofNullable(service.get(arn));
  }

  private void fail(String arn, MasterKeyException failure) {
    service.get(arn).failure = Optional.of(failure);
  }

  private static MasterKeyException refusal(String code, String message) {
    return new MasterKeyException(
        "KMS answered 400: " + message, new MasterKeyException.Refusal(code, message));
  }

  private Optional<String> read(Space space) {
    return store
        .read(key(space), Consistency.STRONG)
        .map(row -> new String(row.value().array(), StandardCharsets.UTF_8));
  }

  private static RowKey key(Space space) {
    return new RowKey(space, bytes("voter"), bytes("2026"));
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}

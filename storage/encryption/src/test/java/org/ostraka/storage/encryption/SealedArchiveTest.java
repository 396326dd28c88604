package org.ostraka.storage.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyInMemory;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.archive.ConditionalPut;
import org.ostraka.storage.archive.MemoryArchive;

final class SealedArchiveTest {
  private static final Bytes SECRET =
      Bytes.wrap("who voted for whom".getBytes(StandardCharsets.UTF_8));

  private final MemoryArchive below = new MemoryArchive();
  private final MasterKeyInMemory master = new MasterKeyInMemory(new byte[32]);

  @Test
  void objectsAreReadableWithTheMasterKeyOnly() {
    new SealedArchive(below, master).put("a/1", SECRET);
    assertThat(new String(below.read("a/1").orElseThrow().array(), StandardCharsets.ISO_8859_1))
        .doesNotContain("voted");
    SealedArchive again = new SealedArchive(below, master);
    assertThat(again.read("a/1")).contains(SECRET);
    assertThat(again.list("")).containsExactly("a/1");
    again.wrapAgain();
    assertThat(new SealedArchive(below, master).read("a/1")).contains(SECRET);
  }

  /** Objects sealed under a key that another server's key replaced could not be read any more. */
  @Test
  void twoServersThatMakeTheKeyAtTheSameTimeHaveOne() {
    SealedArchive other = new SealedArchive(below, master);
    MasterKey overtaken =
        new MasterKey() {
          @Override
          public String id() {
            return master.id();
          }

          @Override
          public Bytes wrap(byte[] key, String context) {
            other.put("a/1", SECRET);
            return master.wrap(key, context);
          }

          @Override
          public byte[] unwrap(Bytes wrapped, String context) {
            return master.unwrap(wrapped, context);
          }
        };
    new SealedArchive(below, overtaken).put("a/2", SECRET);
    SealedArchive again = new SealedArchive(below, master);
    assertThat(again.read("a/1")).contains(SECRET);
    assertThat(again.read("a/2")).contains(SECRET);
  }

  @Test
  void anObjectThatIsThereIsNotReplacedIfNoneMayBe() {
    SealedArchive archive = new SealedArchive(below, master);
    assertThat(archive.putIfAbsent("a/1", SECRET)).isEqualTo(ConditionalPut.STORED);
    assertThat(archive.putIfAbsent("a/1", Bytes.of(1))).isEqualTo(ConditionalPut.EXISTS);
    assertThat(archive.read("a/1")).contains(SECRET);
  }

  @Test
  void everyFlippedByteAndEveryOtherNameAreRefused() {
    SealedArchive archive = new SealedArchive(below, master);
    archive.put("a/1", SECRET);
    byte[] sealed = below.read("a/1").orElseThrow().array();
    for (int i = 0; i < sealed.length; i++) {
      byte[] flipped = sealed.clone();
      flipped[i] ^= 1;
      below.put("a/1", Bytes.wrap(flipped));
      assertThatThrownBy(() -> archive.read("a/1"))
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("a/1");
    }
    below.put("a/2", Bytes.wrap(sealed));
    assertThatThrownBy(() -> archive.read("a/2")).isInstanceOf(CorruptDataException.class);
  }
}

package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.storage.rocksdb.TestVolumes.bytes;
import static org.ostraka.storage.rocksdb.TestVolumes.key;
import static org.ostraka.storage.rocksdb.TestVolumes.put;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bit, every length and every type of a small log, one after the other. */
final class InspectionTest {
  private static final int ROWS = 12;
  private static final int HEAD_BYTES = 7;
  private static final int TYPE_AT = 6;

  @TempDir Path parent;
  private Path copy;
  private Path log;
  private byte[] content;
  private DurableState witness;

  /** A killed process's directory, with one row a record in its log. */
  @BeforeEach
  void writeAndCopy() throws Exception {
    copy = parent.resolve("copy");
    try (TestVolumes.Opened opened = TestVolumes.open(parent.resolve("data"))) {
      for (int i = 0; i < ROWS; i++) {
        put(opened.store(), key(i), bytes("value " + "x".repeat(i)));
      }
      TestVolumes.copy(parent.resolve("data"), copy);
    }
    log = LivedDirectory.files(copy, ".log").getFirst();
    content = Files.readAllBytes(log);
    witness = WitnessFile.read(copy.resolve("ostraka.durable")).orElseThrow();
  }

  @Test
  void whatAKilledProcessLeavesIsSoundAndTheWitnessKnowsItExactly() throws Exception {
    Inspection.Result result = inspect(Optional.of(witness));
    assertThat(result.damages()).isEmpty();
    assertThat(result.torn()).isEmpty();
    assertThat(witness.logs().getLast().bytes()).isEqualTo(content.length);
    assertThat(witness.lastSequence()).isGreaterThanOrEqualTo(ROWS);
  }

  @Test
  void everyBitThatIsAnotherOneIsDamageWithoutAWitnessToo() throws Exception {
    for (int bit = 0; bit < content.length * Byte.SIZE; bit++) {
      byte[] damaged = content.clone();
      damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Files.write(log, damaged);
      List<Damage> damages = inspect(Optional.empty()).damages();
      assertThat(damages).as("bit %d of %s", bit, log).hasSize(1);
      assertThat(damages.getFirst().message()).startsWith(log + " is damaged at offset ");
    }
  }

  /** Those types that RocksDB knows among them, some of which its recovery never returns from. */
  @Test
  void everyOtherTypeOfEveryRecordIsDamage() throws Exception {
    for (int record = 0; record < content.length; record += HEAD_BYTES + length(record)) {
      for (int type = 0; type < 256; type++) {
        byte[] damaged = content.clone();
        damaged[record + TYPE_AT] = (byte) type;
        Files.write(log, damaged);
        boolean same = Arrays.equals(damaged, content);
        assertThat(inspect(Optional.of(witness)).damages())
            .as("type %d of the record at %d", type, record)
            .hasSize(same ? 0 : 1);
      }
    }
  }

  @Test
  void everyLengthThatTheLogIsCutToIsALossThatTheWitnessKnows() throws Exception {
    for (int length = 0; length < content.length; length++) {
      Files.write(log, Arrays.copyOf(content, length));
      List<Damage> damages = inspect(Optional.of(witness)).damages();
      assertThat(damages).as("cut to %d", length).hasSize(1);
      assertThat(damages.getFirst().message())
          .startsWith(log + " ends at ")
          .contains("of " + content.length + " bytes that were durable")
          .endsWith("up to " + witness.lastSequence());
    }
  }

  /** The same is what a crash leaves of records that nobody was told of. */
  @Test
  void everyLengthBehindWhatWasDurableIsATornTail() throws Exception {
    DurableState early =
        new DurableState(
            witness.moment(),
            0,
            witness.manifestNumber(),
            witness.manifestBytes(),
            List.of(new DurableState.Log(witness.logs().getLast().number(), 0, 0)));
    for (int length = 0; length < content.length; length++) {
      Files.write(log, Arrays.copyOf(content, length));
      Inspection.Result result = inspect(Optional.of(early));
      assertThat(result.damages()).as("cut to %d", length).isEmpty();
      for (Inspection.Torn torn : result.torn()) {
        assertThat(torn.file()).isEqualTo(log);
        assertThat(torn.soundBytes()).isLessThan(length);
      }
    }
  }

  @Test
  void aLogThatIsGoneIsNamedWithTheWritesThatWereInIt() throws Exception {
    Files.delete(log);
    assertThat(inspect(Optional.of(witness)).damages())
        .extracting(Damage::message)
        .containsExactly(
            log
                + " is missing, which MANIFEST-000005 needs: acknowledged writes are missing, up to "
                + witness.lastSequence());
  }

  @Test
  void everyLengthThatTheManifestIsCutToIsNoticed() throws Exception {
    Path manifest = LivedDirectory.files(copy, "MANIFEST").getFirst();
    byte[] whole = Files.readAllBytes(manifest);
    for (int length = 0; length < whole.length; length++) {
      Files.write(manifest, Arrays.copyOf(whole, length));
      assertThat(inspect(Optional.of(witness)).damages())
          .as("cut to %d of %d", length, whole.length)
          .extracting(Damage::message)
          .first()
          .asString()
          .startsWith(manifest + " ends at ");
    }
  }

  private int length(int record) {
    return (content[record + 4] & 0xFF) | (content[record + 5] & 0xFF) << Byte.SIZE;
  }

  private Inspection.Result inspect(Optional<DurableState> known) throws DataDirectoryException {
    return Inspection.run(new RocksFiles(copy.resolve("rocksdb")), known);
  }
}

package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.storage.volume.Loss;
import org.ostraka.testkit.random.RandomCase;

/** Each key is in one piece, with the table files that are damaged where it is. */
final class KeyPiecesTest {
  private static final int CASES = 200;

  @Test
  void everyKeyIsInOnePieceWithTheFilesThatAreDamagedThere(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    for (int i = 0; i < CASES; i++) {
      RandomGenerator chance = random.branch(i);
      Map<Path, List<Loss.Keys>> damages = new TreeMap<>();
      for (int table = chance.nextInt(4); table > 0; table--) {
        damages.put(Path.of(table + ".sst"), ranges(chance));
      }
      TreeMap<Path, KeyRanges> joined = new TreeMap<>();
      damages.forEach((table, ranges) -> joined.put(table, KeyRanges.of(ranges)));
      Map<Set<Path>, List<KeyPieces.Piece>> pieces = KeyPieces.byDamaged(joined);
      for (byte[] key : keys()) {
        assertThat(damagedAt(key, pieces))
            .as("key %s of case %d, %s", Arrays.toString(key), i, random.command())
            .containsExactly(damagedTables(key, damages));
      }
    }
  }

  /** Returns ranges of blocks, which begin right behind a key or at the least one. */
  private static List<Loss.Keys> ranges(RandomGenerator chance) {
    List<Loss.Keys> ranges = new ArrayList<>();
    for (int range = chance.nextInt(4); range > 0; range--) {
      int first = chance.nextInt(8);
      byte[] from = first == 0 ? new byte[0] : new byte[] {(byte) first, 0};
      int last = first + 1 + chance.nextInt(3);
      ranges.add(
          new Loss.Keys(from, last > 8 ? new byte[] {(byte) 0xFF} : new byte[] {(byte) last}));
    }
    return ranges;
  }

  /** Returns every key in which ranges may begin or end, and some beside them. */
  private static List<byte[]> keys() {
    List<byte[]> keys = new ArrayList<>(List.of(new byte[0], new byte[] {0}));
    for (int i = 1; i <= 0xFF; i += i < 10 ? 1 : 5) {
      keys.add(new byte[] {(byte) i});
      keys.add(new byte[] {(byte) i, 0});
      keys.add(new byte[] {(byte) i, 1});
    }
    return keys;
  }

  private static List<Set<Path>> damagedAt(
      byte[] key, Map<Set<Path>, List<KeyPieces.Piece>> pieces) {
    List<Set<Path>> damaged = new ArrayList<>();
    pieces.forEach((tables, of) -> {
      for (KeyPieces.Piece piece : of) {
        if (Arrays.compareUnsigned(piece.first(), key) <= 0
            && Arrays.compareUnsigned(key, piece.last()) <= 0) {
          damaged.add(tables);
        }
      }
    });
    return damaged;
  }

  private static Set<Path> damagedTables(byte[] key, Map<Path, List<Loss.Keys>> damages) {
    Set<Path> damaged = new TreeSet<>();
    damages.forEach((table, ranges) -> {
      if (ranges.stream().anyMatch(range -> new Loss("", range).mayHaveHad(key))) {
        damaged.add(table);
      }
    });
    return damaged;
  }
}

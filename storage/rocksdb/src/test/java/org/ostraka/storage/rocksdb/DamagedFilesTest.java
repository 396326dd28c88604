package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.testkit.random.RandomCase;

/**
 * Any file of a directory that a killed or stopped process left is damaged, cut, or gone: then
 * either every row is right all the same, or the directory is refused with the file's name, or
 * reads say that there is damage. Whoever looks, as {@code ostraka check} does, sees it as well.
 *
 * <p>It tries {@code -Dostraka.damages=N} damages.
 */
@Timeout(value = 3_600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DamagedFilesTest {
  private static final int DAMAGES = Integer.getInteger("ostraka.damages", 150);
  private static final int DAMAGES_OF_A_MOMENT = 10;

  /** Kinds of files, by a part of their names, with how often each has its turn. */
  private static final List<String> KINDS =
      List.of(
          ".log",
          ".log",
          ".log",
          ".sst",
          ".sst",
          "MANIFEST",
          "MANIFEST",
          "CURRENT",
          "OPTIONS",
          "IDENTITY",
          "ostraka.durable",
          "ostraka.durable",
          "ostraka.rows",
          "ostraka.lock",
          "ostraka.format");

  @TempDir Path parent;

  @Test
  void everyDamageIsHarmlessOrRefusedOrTold(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    Map<String, Integer> seen = new TreeMap<>();
    try (LivedDirectory lived = new LivedDirectory(parent, random.branch(-1))) {
      for (int damage = 0; damage < DAMAGES; ) {
        LivedDirectory.Moment moment = live(lived, random.branch(1_000_000 + damage));
        for (int i = 0; i < DAMAGES_OF_A_MOMENT; i++, damage++) {
          String outcome = tryDamage(moment, damage, random);
          seen.merge(outcome, 1, Integer::sum);
        }
        delete(moment.path());
      }
    }
    System.out.println("[damages] " + seen);
    assertThat(seen).as("outcomes, %s", random.command()).containsKeys(".log Refused");
  }

  /**
   * RocksDB reads a table file's footer, its index and its properties when it opens a directory.
   * With some of this damage it says that the MANIFEST may be corrupted, and names no table file.
   */
  @Test
  void aTableFileIsNamedWhereverItsEndHasZeros(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    LivedDirectory.Moment moment = withTableFiles(random);
    Path table = LivedDirectory.files(moment.path(), ".sst").getLast();
    byte[] sound = Files.readAllBytes(table);
    int refused = 0;
    for (int from = Math.max(0, sound.length - 1_500); from < sound.length; from += 9) {
      byte[] damaged = sound.clone();
      Arrays.fill(damaged, from, Math.min(sound.length, from + 300), (byte) 0);
      Files.write(table, damaged);
      Outcome looked = Outcome.ofLook(moment);
      assertAllowed(looked, table, "zeros from %d on; %s".formatted(from, random.command()));
      if (looked instanceof Outcome.Refused) {
        refused++;
      }
    }
    assertThat(refused).as(random.command()).isPositive();
  }

  private LivedDirectory.Moment withTableFiles(RandomCase random) throws Exception {
    try (LivedDirectory lived = new LivedDirectory(parent, random.branch(0))) {
      lived.write(150, 2_000);
      return lived.stopped();
    }
  }

  private static LivedDirectory.Moment live(LivedDirectory lived, RandomGenerator random)
      throws Exception {
    lived.write(random.nextInt(120), 2_000);
    if (random.nextInt(3) == 0) {
      lived.writeTogether(1 + random.nextInt(60), 3_000);
    }
    return switch (random.nextInt(4)) {
      case 0 -> lived.stopped();
      case 1 -> {
        lived.reopen();
        lived.write(1 + random.nextInt(10), 500);
        yield lived.moment();
      }
      default -> lived.moment();
    };
  }

  private String tryDamage(LivedDirectory.Moment moment, int number, RandomCase random)
      throws Exception {
    RandomGenerator chance = random.branch(number);
    LivedDirectory.Moment copy =
        new LivedDirectory.Moment(parent.resolve("damage-" + number), moment.rows());
    TestVolumes.copy(moment.path(), copy.path());
    String kind = KINDS.get(chance.nextInt(KINDS.size()));
    List<Path> files = LivedDirectory.files(copy.path(), kind);
    if (files.isEmpty()) {
      delete(copy.path());
      return kind + " none";
    }
    Path file = RandomDamage.anyOf(files, chance);
    String how = RandomDamage.of(file, chance);
    String where = "damage %d: %s; %s".formatted(number, how, random.command());
    Outcome looked = Outcome.ofLook(copy);
    assertAllowed(looked, file, "looked at, " + where);
    Outcome used = Outcome.ofUse(copy);
    assertAllowed(used, file, "used, " + where);
    if (used instanceof Outcome.Refused || used instanceof Outcome.Told) {
      assertThat(looked).as("looked at, " + where).isNotInstanceOf(Outcome.Right.class);
    }
    delete(copy.path());
    return kind + " " + used.getClass().getSimpleName();
  }

  private static void assertAllowed(Outcome outcome, Path damaged, String where) {
    switch (outcome) {
      case Outcome.Right _ -> {}
      case Outcome.Refused(String message) ->
          assertThat(message).as(where).contains(damaged.getFileName().toString());
      case Outcome.Told(String message) ->
          assertThat(message).as(where).contains(damaged.getFileName().toString());
      case Outcome.Wrong(String what) -> assertThat(what).as(where).isNull();
    }
  }

  private static void delete(Path directory) throws Exception {
    List<Path> files = new ArrayList<>();
    try (var walked = Files.walk(directory)) {
      walked.forEach(files::add);
    }
    for (Path file : files.reversed()) {
      Files.delete(file);
    }
  }
}

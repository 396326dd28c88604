package org.ostraka.voting.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Sharding;

final class ArrivalsTest {
  private static final Profile PROFILE =
      new Profile(200, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(20), 3);

  @TempDir private Path directory;

  @Test
  void theRateRampsUpHasSpikesAndRampsDown() {
    assertThat(PROFILE.seconds()).isEqualTo(80);
    assertThat(PROFILE.rate(-1)).isZero();
    assertThat(PROFILE.rate(5)).isEqualTo(100);
    assertThat(PROFILE.rate(11)).isEqualTo(200);
    assertThat(PROFILE.rate(29.5)).isEqualTo(600);
    assertThat(PROFILE.rate(30.5)).isEqualTo(200);
    assertThat(PROFILE.rate(75)).isEqualTo(100);
    assertThat(PROFILE.rate(80)).isZero();
  }

  /** 1,000 in each ramp, 12,000 in the minute, and 400 more in each of three spikes. */
  @Test
  void asManyArriveAsTheRateSaysAndTheSameSeedGivesTheSame() {
    long seed = Long.getLong("seed", System.nanoTime());
    List<Double> moments = moments(seed);
    assertThat(moments).as("-Dseed=%s", seed).isSorted().isEqualTo(moments(seed));
    double mean = 2 * 1_000 + 12_000 + 3 * 400;
    assertThat((double) moments.size())
        .as("-Dseed=%s", seed)
        .isCloseTo(mean, within(6 * Math.sqrt(mean)));
    long inSpike = moments.stream().filter(it -> it >= 29 && it < 30).count();
    assertThat((double) inSpike).as("-Dseed=%s", seed).isCloseTo(600, within(6 * Math.sqrt(600)));
  }

  @Test
  void theFirstOfSkewedThingsIsChosenAsOftenAsZipfSays() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    int[] chosen = new int[3];
    Skew skew = new Skew(3, 1);
    for (int i = 0; i < 11_000; i++) {
      chosen[skew.choose(random)]++;
    }
    assertThat(chosen[0]).as("-Dseed=%s", seed).isBetween(5_600, 6_400);
    assertThat(chosen[1]).as("-Dseed=%s", seed).isBetween(2_650, 3_350);
    assertThat(chosen[2]).as("-Dseed=%s", seed).isBetween(1_700, 2_300);
  }

  @Test
  void theFirstRegionIsTheHomeOfAsManyVotersAsZipfSays() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    // The first region has three of the shards, the others have two.
    for (List<String> regions : List.of(List.of("a", "b", "c"), List.of("c", "a", "b"))) {
      Election election =
          new Election("e", List.of("x"), Instant.EPOCH, Instant.MAX, new Sharding(7), regions);
      Electorate electorate = new Electorate(election, 1);
      Map<String, Integer> homes = new HashMap<>();
      for (int voter = 0; voter < 11_000; voter++) {
        String name = electorate.voter("v" + voter, random);
        assertThat(name).startsWith("v" + voter + "-");
        homes.merge(election.homeOf(election.shardOf(name)), 1, Integer::sum);
      }
      assertThat(homes.get(regions.get(0))).as("-Dseed=%s", seed).isBetween(5_600, 6_400);
      assertThat(homes.get(regions.get(1))).as("-Dseed=%s", seed).isBetween(2_650, 3_350);
      assertThat(homes.get(regions.get(2))).as("-Dseed=%s", seed).isBetween(1_700, 2_300);
    }
  }

  @Test
  void aRegionWithoutAShardIsTheHomeOfNobody() {
    Election election =
        new Election(
            "e", List.of("x"), Instant.EPOCH, Instant.MAX, new Sharding(2), List.of("a", "b", "c"));
    Random random = new Random(1);
    Set<String> homes =
        IntStream.range(0, 200)
            .mapToObj(voter -> new Electorate(election, 0).voter("v" + voter, random))
            .map(voter -> election.homeOf(election.shardOf(voter)))
            .collect(Collectors.toSet());
    assertThat(homes).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void everyLineOfTheLedgerIsInTheFileWhenItIsAcknowledged() throws Exception {
    Path file = directory.resolve("ledger");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Ledger ledger = new Ledger(file, threads)) {
      List<Future<Boolean>> lines = new ArrayList<>();
      for (int line = 0; line < 200; line++) {
        String text = "receipt " + line;
        lines.add(
            threads.submit(() -> {
              ledger.add(text);
              return Files.readAllLines(file).contains(text);
            }));
      }
      for (Future<Boolean> line : lines) {
        assertThat(line.get()).isTrue();
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(200).doesNotHaveDuplicates();
  }

  private static List<Double> moments(long seed) {
    Arrivals arrivals = new Arrivals(PROFILE, new Random(seed));
    List<Double> moments = new ArrayList<>();
    for (OptionalDouble next = arrivals.next(); next.isPresent(); next = arrivals.next()) {
      moments.add(next.getAsDouble());
    }
    return moments;
  }
}

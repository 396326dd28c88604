package org.ostraka.voting.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryTest {
  private static final String ALPHABET = "a:\n09#€😀";

  @Test
  void anEntryIsReadAsItWasWrittenAndNoTwoHaveTheSameText() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Set<String> texts = new HashSet<>();
    Set<Entry> entries = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      Entry.Kind kind = Entry.Kind.values()[random.nextInt(Entry.Kind.values().length)];
      Entry entry = new Entry(kind, text(random), text(random), text(random), text(random));
      assertThat(Entry.of(entry.text())).as("-Dseed=%s", seed).isEqualTo(entry);
      boolean _ = entries.add(entry);
      boolean _ = texts.add(entry.text());
    }
    assertThat(texts).as("-Dseed=%s", seed).hasSameSizeAs(entries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4:CAST\n", "4:CAST", "x", "4:CAST\n0:\n0:\n0:\n", "-1:\n", "99:a\n"})
  void whatIsNoEntryIsRefused(String text) {
    assertThatThrownBy(() -> Entry.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSegmentIsReadAsItWasWrittenAndContinuesTheLog() {
    LogId log = new LogId("e", 3, "eu-west-1");
    List<Entry> first =
        List.of(
            new Entry(Entry.Kind.CAST, "v1", "a", "2026-01-01T00:00:00Z", "1"),
            new Entry(Entry.Kind.CAST, "v2", "b", "2026-01-01T00:00:01Z", "1"));
    List<Entry> then = List.of(new Entry(Entry.Kind.SEALED, "", "", "", "1"));
    Segment one = Segment.after(log, LogHead.start(log), first);
    Segment two = Segment.after(log, one.head(), then);
    assertThat(Segment.of(log, one.row())).isEqualTo(one);
    assertThat(Segment.of(log, two.row())).isEqualTo(two);
    assertThat(two.first()).isEqualTo(2);
    List<Entry> all = new ArrayList<>(first);
    all.addAll(then);
    assertThat(LogHead.start(log).after(all)).isEqualTo(two.head());
    assertThat(LogHead.start(new LogId("e", 4, "eu-west-1")).after(all)).isNotEqualTo(two.head());
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(4); left > 0; left--) {
      int at = random.nextInt(ALPHABET.codePointCount(0, ALPHABET.length()));
      text.appendCodePoint(ALPHABET.codePointAt(ALPHABET.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }
}

package org.ostraka.voting.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.voting.http.WatcherPlaces.Place;

/** Who loses a place that another watcher needs. */
final class WatcherPlacesTest {
  private Instant now = Instant.EPOCH;
  private final WatcherPlaces places = new WatcherPlaces(1, () -> now);
  private final List<Boolean> interrupts = new ArrayList<>();

  @AfterEach
  void clear() {
    boolean _ = Thread.interrupted();
  }

  @Test
  void aWatcherWhoHasTakenEverythingKeepsThePlace() throws Exception {
    try (Place place = places.take().orElseThrow()) {
      place.write(OutputStream.nullOutputStream(), "data");
      pass(600);
      assertThat(places.take()).isEmpty();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(places.take()).as("still taken").isEmpty();
    }
    assertThat(places.take()).isPresent();
  }

  @Test
  void aWatcherWhoTakesNothingForHalfAMinuteLosesThePlace() throws Exception {
    try (Place place = places.take().orElseThrow()) {
      place.write(asking(30), "data");
      place.write(asking(31), "data");
    }
    assertThat(interrupts).containsExactly(false, true);
    assertThat(Thread.currentThread().isInterrupted())
        .as("the thread goes on to its next request")
        .isFalse();
    assertThat(places.take()).isPresent();
  }

  @Test
  void anInterruptOfSomebodyElseStays() {
    try (Place _ = places.take().orElseThrow()) {
      Thread.currentThread().interrupt();
    }
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  /** Returns a connection that takes so long, after which somebody else asks for the place. */
  private OutputStream asking(int seconds) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException("texts are written whole");
      }

      @Override
      public void write(byte[] text, int from, int length) {
        pass(seconds);
        assertThat(places.take()).isEmpty();
        interrupts.add(Thread.currentThread().isInterrupted());
      }
    };
  }
}

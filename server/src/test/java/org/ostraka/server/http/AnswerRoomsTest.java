package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ostraka.engine.load.Room;

/** Large unread answers leave room for answers of ordinary size. */
final class AnswerRoomsTest {
  private static final int MEGABYTE = 1 << 20;

  private final AnswerRooms rooms = new AnswerRooms(HttpLimits.forMachine(64L * MEGABYTE, 1_000));

  @Test
  void largeAnswersDoNotTakeTheRoomOfOrdinaryOnes() {
    Room first = rooms.share();
    Room second = rooms.share();
    Room ordinary = rooms.share();
    assertThat(first.hold(20L * MEGABYTE)).isTrue();
    assertThat(second.hold(20L * MEGABYTE)).isFalse();
    assertThat(ordinary.hold(30_000)).isTrue();
    assertThat(first.hold(0)).isTrue();
    assertThat(second.hold(20L * MEGABYTE)).isTrue();
  }

  @Test
  void anAnswerGoesFromOneRoomToTheOtherAsItGrows() {
    Room room = rooms.share();
    assertThat(room.hold(30_000)).isTrue();
    assertThat(room.hold(20L * MEGABYTE)).isTrue();
    assertThat(room.hold(30_000)).isTrue();
    assertThat(rooms.share().hold(24L * MEGABYTE)).isTrue();
  }

  @Test
  void ordinaryAnswersAreBoundedAsWell() {
    int held = 0;
    while (rooms.share().hold(32 * 1024)) {
      held++;
    }
    assertThat(held).isEqualTo(256);
    assertThat(rooms.share().hold(4_000)).isTrue();
  }
}

package org.ostraka.server.http;

import org.ostraka.engine.load.Room;
import org.ostraka.engine.load.SharedRoom;

/**
 * Room for answers, from reading their rows to sending them. Answers of ordinary size have their
 * own room, so that large unread answers cannot take it. Any thread.
 */
final class AnswerRooms {
  /** Answers up to this size are not counted; the limit on connections bounds their number. */
  private static final int UNCOUNTED_BYTES = 4 * 1024;

  /** The largest answer of ordinary size. */
  private static final int ORDINARY_BYTES = 32 * 1024;

  /** Answers of ordinary size have this part of all room: 1/4. */
  private static final int ORDINARY_PART = 4;

  private final SharedRoom ordinary;
  private final SharedRoom large;

  AnswerRooms(HttpLimits limits) {
    long ordinaryBytes = limits.maxAnswersBytes() / ORDINARY_PART;
    this.ordinary = new SharedRoom(ordinaryBytes, limits.roomTimeout());
    this.large = new SharedRoom(limits.maxAnswersBytes() - ordinaryBytes, limits.roomTimeout());
  }

  /** The room of one connection, for one answer after another. The threads of its requests. */
  Room share() {
    return new Share(ordinary.share(), large.share());
  }

  private record Share(Room ordinary, Room large) implements Room {
    @Override
    public boolean hold(long bytes) {
      if (bytes <= UNCOUNTED_BYTES) {
        return ordinary.hold(0) && large.hold(0);
      }
      return bytes <= ORDINARY_BYTES
          ? ordinary.hold(bytes) && large.hold(0)
          : large.hold(bytes) && ordinary.hold(0);
    }

    @Override
    public boolean await(long bytes) {
      hold(0);
      if (bytes <= UNCOUNTED_BYTES) {
        return true;
      }
      return bytes <= ORDINARY_BYTES ? ordinary.await(bytes) : large.await(bytes);
    }
  }
}

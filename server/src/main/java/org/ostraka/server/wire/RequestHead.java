package org.ostraka.server.wire;

import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.load.Room;

/**
 * The parts of a request beside its body that an operation may need. Immutable.
 *
 * @param host the host that the caller addressed, with the port if it was given
 * @param answerRoom room for the answer
 */
public record RequestHead(String host, Room answerRoom) {
  /** Makes the head of a request with room for its answer. */
  public RequestHead(String host) {
    this(host, Room.ENDLESS);
  }

  Allowance onSharedThread(LoadControl load) {
    return Allowance.onSharedThread(answerRoom, load.rows().share(), load.heavyRows());
  }

  Allowance onOwnThread(LoadControl load) {
    return Allowance.onOwnThread(answerRoom, load.rows().share(), load.heavyRows());
  }
}

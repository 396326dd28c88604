package org.ostraka.engine.load;

/**
 * Memory that one request holds until it is answered: rows, images, the answer itself. The thread
 * of the request.
 */
public interface Room {
  /** Unlimited room. */
  Room ENDLESS =
      new Room() {
        @Override
        public boolean hold(long bytes) {
          return true;
        }

        @Override
        public boolean await(long bytes) {
          return true;
        }
      };

  /**
   * Holds so many bytes instead of those held before, without waiting.
   *
   * @return false when there is no room now; the bytes held before stay held
   */
  boolean hold(long bytes);

  /**
   * Releases the held bytes and waits for room for so many bytes.
   *
   * @return false when there was no room in time; then nothing is held
   */
  boolean await(long bytes);
}

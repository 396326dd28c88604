package org.ostraka.delivery.sink;

import java.util.List;

/** A connection to a broker, which is made when it is needed. One thread. */
interface Broker extends AutoCloseable {
  /**
   * Sends messages and returns when the broker has all of them durably. Tries as long as it takes.
   *
   * @throws InterruptedException when the thread is to stop
   */
  void send(List<Message> messages) throws InterruptedException;

  @Override
  void close();
}

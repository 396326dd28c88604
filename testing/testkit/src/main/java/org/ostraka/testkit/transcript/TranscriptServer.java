package org.ostraka.testkit.transcript;

import java.time.Duration;
import java.util.Map;

/** A server that a transcript talks to. One thread. */
public interface TranscriptServer extends AutoCloseable {

  /** Answers a POST of this body with these headers. */
  Answer call(Map<String, String> headers, byte[] body);

  /** Lets time pass. */
  void advance(Duration time);

  /** Stops the server and starts it again over what it has stored. */
  void restart();

  @Override
  void close();

  /** Starts servers. */
  @FunctionalInterface
  interface Starter {

    /**
     * A new server without any data.
     *
     * @param settings what the transcript asks for, by name
     * @throws IllegalArgumentException when there is no such setting, or no such value for it
     */
    TranscriptServer start(Map<String, String> settings);
  }
}

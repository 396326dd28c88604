package org.ostraka.testkit.transcript;

import java.time.Duration;
import java.util.Map;

/** The server that a transcript is run against. One thread. */
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
     * Starts a new server without data.
     *
     * @param settings the transcript's settings, by name
     * @throws IllegalArgumentException when a setting or its value is unknown
     */
    TranscriptServer start(Map<String, String> settings);
  }
}

package org.ostraka.server.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects Helidon's log records from the platform's logging until it is closed. Any thread. */
final class HelidonLog extends Handler {
  private final Logger logger = Logger.getLogger("io.helidon");
  private final List<String> records = Collections.synchronizedList(new ArrayList<>());

  private HelidonLog() {}

  static HelidonLog start() {
    HelidonLog log = new HelidonLog();
    log.logger.addHandler(log);
    return log;
  }

  /** Returns the messages so far. */
  List<String> records() {
    synchronized (records) {
      return List.copyOf(records);
    }
  }

  @Override
  public void publish(LogRecord logged) {
    records.add(logged.getMessage());
  }

  @Override
  public void flush() {
    // nothing is buffered
  }

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}

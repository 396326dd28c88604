package org.ostraka.storage;

import java.util.List;

/**
 * Consecutive records of a log, and the position to go on after: the last one here, or the one
 * asked for. Immutable.
 */
public record LogPage(List<LogRecord> records, Position next) {
  public LogPage {
    records = List.copyOf(records);
  }
}

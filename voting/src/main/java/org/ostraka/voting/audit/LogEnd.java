package org.ostraka.voting.audit;

import java.util.List;

/**
 * Where an audit log is continued. Immutable.
 *
 * @param head the end of the last segment that can be read
 * @param unreadable the sort keys of the rows after it that cannot be read and were passed over
 */
public record LogEnd(LogHead head, List<String> unreadable) {
  public LogEnd {
    unreadable = List.copyOf(unreadable);
  }
}

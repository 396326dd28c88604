package org.ostraka.voting.audit;

import java.util.List;

/**
 * The end of an audit log: what the next segment continues. Immutable.
 *
 * @param chain hash of all entries: each link is the hash of the link before and of the entry's
 *     leaf
 */
public record LogHead(Hash chain, Frontier frontier) {

  /** Returns the head of a log without entries. */
  public static LogHead start(LogId log) {
    return new LogHead(log.origin(), Frontier.EMPTY);
  }

  /** Returns the number of entries. */
  public long size() {
    return frontier.size();
  }

  /** Returns the head after more entries. */
  public LogHead after(List<Entry> entries) {
    LogHead head = this;
    for (Entry entry : entries) {
      Hash leaf = entry.leaf();
      head = new LogHead(head.chain.chained(leaf), head.frontier.with(leaf));
    }
    return head;
  }
}

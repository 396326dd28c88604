package org.ostraka.engine.metric;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.ostraka.model.Owner;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.ThrottledException;

/**
 * Counts the requests that were answered with status 400, of each account in each region:
 * UserErrors in "DynamoDB metrics and dimensions" in the Developer Guide. Any thread.
 *
 * <p>Failed conditions and throttled requests have metrics of their own and do not count, nor do
 * requests of senders who are not known.
 */
public final class UserErrors {
  /** Without signatures a sender can name any account; the errors of further ones do not count. */
  private static final int MOST_OWNERS = 10_000;

  private final Map<Owner, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts a request that was refused. */
  public void count(Owner owner, ApiException refusal) {
    if (refusal instanceof ConditionalCheckFailedException
        || refusal instanceof ThrottledException) {
      return;
    }
    LongAdder known = counts.get(owner);
    if (known == null && counts.size() < MOST_OWNERS) {
      known = counts.computeIfAbsent(owner, _ -> new LongAdder());
    }
    if (known != null) {
      known.increment();
    }
  }

  /** Returns the number of errors of each owner that had some. */
  public Map<Owner, Long> counts() {
    Map<Owner, Long> all = new HashMap<>();
    counts.forEach((owner, count) -> all.put(owner, count.sum()));
    return all;
  }
}

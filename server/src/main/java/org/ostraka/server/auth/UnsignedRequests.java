package org.ostraka.server.auth;

import java.net.InetAddress;
import java.util.function.Supplier;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.identity.iam.IamException;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.limit.FailureLimits;

/**
 * Carries out requests that need no signature. Those that are refused count like requests with a
 * key that nobody has. Any thread.
 */
public record UnsignedRequests(FailureLimits limits) {
  /**
   * Carries a request out.
   *
   * @throws OverloadedException when too many requests of the address were refused
   */
  public <T> T call(HttpRequest request, Supplier<T> work) {
    InetAddress from = request.peer().address();
    if (!request.peer().isProven() && !limits.mayTryUnknownKey(from)) {
      throw new OverloadedException("too many requests of this address were refused");
    }
    try {
      return work.get();
    } catch (IamException refused) {
      limits.countUnknownKey(from);
      throw refused;
    }
  }
}

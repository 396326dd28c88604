package org.ostraka.server.auth;

import java.util.List;
import org.ostraka.model.Caller;
import org.ostraka.server.http.HttpRequest;

/**
 * Verifies signatures as soon as there are keys, and takes any credentials before. Any thread.
 *
 * @param keys tell whether signatures are verified
 */
record FromTheFirstKeyOn(KnownKeys keys, Authentication verified, Authentication unverified)
    implements Authentication {
  @Override
  public Caller caller(HttpRequest request, List<String> services) {
    return (keys.areVerified() ? verified : unverified).caller(request, services);
  }
}

package org.ostraka.server.auth;

import java.util.List;
import java.util.Set;
import org.ostraka.identity.signature.CredentialScope;
import org.ostraka.identity.signature.ServedScopes;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.Session;
import org.ostraka.server.http.HttpRequest;

/**
 * Takes any credential of the right form, and does not verify signatures. Any thread.
 *
 * @param accounts maps access keys to accounts
 * @param regions the served regions; empty for all
 */
record AnyCredential(Accounts accounts, Set<Region> regions) implements Authentication {
  AnyCredential {
    regions = Set.copyOf(regions);
  }

  @Override
  public Caller caller(HttpRequest request, List<String> services) {
    CredentialScope scope =
        CredentialScope.claimedBy(
            Authentication.signedPart(request), new ServedScopes(regions, services));
    String id = scope.accessKeyId();
    return new Caller(
        new Principal.AccessKey(id),
        new Owner(accounts.of(id), scope.region()),
        Session.NONE,
        Authentication.origin(request));
  }
}

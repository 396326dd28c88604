package org.ostraka.identity.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.AccountId;
import org.ostraka.model.Tags;

/**
 * An OpenID Connect provider, whose tokens a role's trust policy may accept. Immutable.
 *
 * @param url the issuer without {@code https://}
 * @param clientIds the audiences that its tokens may have
 * @param thumbprints of the certificates that sign the provider's, which IAM lists
 * @param jwks where its keys are, as a URL or a file; absent to ask the issuer
 */
public record IdentityProvider(
    String url,
    List<String> clientIds,
    List<String> thumbprints,
    Optional<String> jwks,
    Tags tags,
    Instant created)
    implements Entity {
  public IdentityProvider {
    clientIds = List.copyOf(clientIds);
    thumbprints = List.copyOf(thumbprints);
  }

  /** Returns the ARN of this provider of an account. */
  public String arn(AccountId account) {
    return "arn:aws:iam::" + account + ":oidc-provider/" + url;
  }

  @Override
  public EntityKey key() {
    return EntityKey.of(EntityKind.PROVIDER, url);
  }

  IdentityProvider withClientIds(List<String> changed) {
    return new IdentityProvider(url, changed, thumbprints, jwks, tags, created);
  }

  IdentityProvider withThumbprints(List<String> changed) {
    return new IdentityProvider(url, clientIds, changed, jwks, tags, created);
  }
}

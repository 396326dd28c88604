package org.ostraka.engine.iam;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.directory.Directory;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.IdentityProvider;
import org.ostraka.identity.directory.NameRules;
import org.ostraka.identity.directory.Role;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.iam.IamException;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.ContextKeys;
import org.ostraka.identity.policy.RequestContext;
import org.ostraka.identity.policy.Requester;
import org.ostraka.model.AccountId;
import org.ostraka.model.Origin;

/**
 * Lets those whom an OpenID Connect provider has identified assume roles: AssumeRoleWithWebIdentity
 * of AWS STS. Requests have no signature; the provider's token takes its place. Any thread.
 */
public final class WebIdentities {
  private static final String HTTPS = "https://";
  private static final String ASSUME = "sts:AssumeRoleWithWebIdentity";
  private static final String TAG = "sts:TagSession";

  private final Directory directory;
  private final Iam iam;
  private final SecurityTokens sessions;
  private final WebIdentityTokens tokens;

  /**
   * Makes the operation over a directory.
   *
   * @param sessions begins the sessions
   * @param tokens verifies the providers' tokens
   */
  public WebIdentities(
      Directory directory, Iam iam, SecurityTokens sessions, WebIdentityTokens tokens) {
    this.directory = directory;
    this.iam = iam;
    this.sessions = sessions;
    this.tokens = tokens;
  }

  /**
   * A session that a token has begun. Immutable.
   *
   * @param account the account of the role and of the provider
   * @param client the client that the token is for
   * @param provider the provider's ARN
   */
  public record Assumed(
      AccountId account, AssumedRole role, String subject, String client, String provider) {}

  /**
   * Begins a session of a role.
   *
   * @param asked without tags, which the token has
   * @throws IamException when the token is not valid, or the role does not trust it
   */
  public Assumed assumeRole(Origin origin, SessionRequest asked, String token) {
    Account account = directory.account(SecurityTokens.accountOf(asked.roleArn()));
    String issuer = tokens.issuer(token);
    IdentityProvider provider = provider(account, issuer);
    WebIdentity identity = tokens.verified(token, provider);
    String client =
        identity.clients().stream()
            .filter(provider.clientIds()::contains)
            .findFirst()
            .orElseThrow(() -> IamError.INVALID_IDENTITY_TOKEN.because("Incorrect token audience"));
    Iam.found(() -> {
      NameRules.requireTags(identity.tags());
      return true;
    });
    SessionRequest request = asked.withTags(identity.tags());
    Optional<Role> found = SecurityTokens.role(account, request);
    requireTrust(origin, account, provider, identity, request, found);
    Role role =
        found.orElseThrow(
            () -> new IllegalStateException("a role that does not exist trusted someone"));
    return new Assumed(
        account.id(),
        sessions.session(account, role, request, SecurityTokens.lifetime(request, role)),
        identity.subject(),
        client,
        provider.arn(account.id()));
  }

  private static IdentityProvider provider(Account account, String issuer) {
    String url = issuer.startsWith(HTTPS) ? issuer.substring(HTTPS.length()) : issuer;
    return account
        .provider(url)
        .filter(provider -> provider.url().equals(url))
        .orElseThrow(() ->
            IamError.INVALID_IDENTITY_TOKEN.because(
                "No OpenIDConnect provider found in your account for " + issuer));
  }

  /** A role that does not exist is refused like one that does not trust. */
  private void requireTrust(
      Origin origin,
      Account account,
      IdentityProvider provider,
      WebIdentity identity,
      SessionRequest request,
      Optional<Role> role) {
    Requester.WebIdentity requester =
        new Requester.WebIdentity(account.id(), provider.arn(account.id()));
    Optional<AttachedPolicy> trust =
        role.map(each -> new AttachedPolicy(request.roleArn(), each.trust().document()));
    RequestContext context =
        SecurityTokens.context(request).or(new ContextKeys(keys(provider, identity)));
    iam.requireTrust(requester, origin, ASSUME, request.roleArn(), trust, context);
    if (request.tags().size() > 0) {
      iam.requireTrust(requester, origin, TAG, request.roleArn(), trust, context);
    }
  }

  /** Keys are named by the issuer: "Available keys for AWS OIDC federation". */
  private static Map<String, List<String>> keys(IdentityProvider provider, WebIdentity identity) {
    Map<String, List<String>> keys = new HashMap<>();
    keys.put(provider.url() + ":sub", List.of(identity.subject()));
    keys.put(provider.url() + ":aud", identity.clients());
    keys.put(provider.url() + ":oaud", identity.audiences());
    keys.put(provider.url() + ":amr", identity.methods());
    return keys;
  }
}

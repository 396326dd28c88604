package org.ostraka.engine.iam;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Tags;

/**
 * What a verified token of an OpenID Connect provider says. Immutable.
 *
 * @param subject whom the provider has identified
 * @param audiences whom the token is for
 * @param authorizedParty the client that the token was issued to, if the token says so
 * @param methods how the provider has authenticated the subject
 * @param tags the tags of the session, which the provider chooses
 */
public record WebIdentity(
    String subject,
    List<String> audiences,
    Optional<String> authorizedParty,
    List<String> methods,
    Tags tags) {
  public WebIdentity {
    audiences = List.copyOf(audiences);
    methods = List.copyOf(methods);
  }

  /**
   * Returns the clients that the token is for: the authorized party alone, if there is one.
   *
   * <p>"Available keys for AWS OIDC federation" in the IAM User Guide.
   */
  public List<String> clients() {
    return authorizedParty.map(List::of).orElse(audiences);
  }
}

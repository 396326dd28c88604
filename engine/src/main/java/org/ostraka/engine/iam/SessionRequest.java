package org.ostraka.engine.iam;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.Tags;

/**
 * What is asked of a new session of a role. Immutable.
 *
 * @param roleArn the role
 * @param name the session's name
 * @param lifetime how long it lasts; an hour when absent
 * @param policy the text of a policy that limits the session
 * @param policyArns managed policies that limit the session
 * @param externalId what the trust policy may ask for
 */
public record SessionRequest(
    String roleArn,
    String name,
    Optional<Duration> lifetime,
    Optional<String> policy,
    List<String> policyArns,
    Tags tags,
    Optional<String> externalId) {
  public SessionRequest {
    policyArns = List.copyOf(policyArns);
  }

  SessionRequest withTags(Tags others) {
    return new SessionRequest(roleArn, name, lifetime, policy, policyArns, others, externalId);
  }
}

package org.ostraka.identity.policy;

import org.ostraka.model.AccountId;

/**
 * What is asked: whether someone may do something with a resource. Immutable.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource the ARN of the resource, or {@code *} when the action concerns none
 * @param owner the account of the resource
 */
public record AuthorizationRequest(
    Requester requester, String action, String resource, AccountId owner, RequestContext context) {
  boolean isWithinAccount() {
    return requester.account().filter(owner::equals).isPresent();
  }
}

package org.ostraka.engine.iam;

import org.ostraka.identity.session.SessionCredentials;

/**
 * A role that was assumed for a session. Immutable.
 *
 * @param id the role's unique id and the session's name
 * @param arn the session's ARN
 * @param packedPolicyPercent how much of the room for policies and tags the session uses
 */
public record AssumedRole(
    SessionCredentials credentials, String id, String arn, int packedPolicyPercent) {}

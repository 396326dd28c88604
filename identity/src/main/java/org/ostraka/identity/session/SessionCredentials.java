package org.ostraka.identity.session;

import java.time.Instant;
import org.ostraka.identity.signature.Secret;

/**
 * Temporary credentials, as they are answered once. Immutable.
 *
 * @param accessKeyId such as {@code ASIA...}
 * @param token the session token, which each request has to have
 * @param end when requests are refused
 */
public record SessionCredentials(String accessKeyId, Secret secret, Secret token, Instant end) {}

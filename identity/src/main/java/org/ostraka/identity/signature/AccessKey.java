package org.ostraka.identity.signature;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;

/**
 * An access key: the pair of an id and a secret with which a principal signs requests. Immutable.
 *
 * @param id the id, which requests show
 * @param principal the sender of the requests that it signs
 * @param account the account of the principal
 * @param secret the secret, which requests do not show
 * @param session the session that the key belongs to; empty for a key without an end
 */
public record AccessKey(
    String id, Principal principal, AccountId account, Secret secret, Optional<Session> session) {

  /**
   * A session of limited time. A request that its key signs has to have its token.
   *
   * @param token the session token
   * @param end when requests are refused
   * @param details what the token says beside who has it
   */
  public record Session(Secret token, Instant end, org.ostraka.model.Session details) {}

  /** Returns what the key's session token says. */
  public org.ostraka.model.Session details() {
    return session.map(Session::details).orElse(org.ostraka.model.Session.NONE);
  }
}

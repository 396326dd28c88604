package org.ostraka.identity.signature;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.model.Session;

/**
 * Access keys of every id. The secret is "secret of" and the id; an id that starts with {@code
 * ASIA} belongs to a session, whose token is "token of" and the id. Stateless.
 */
final class TestKeys {
  /** When all sessions end. */
  static final Instant END = Instant.parse("2026-11-28T13:00:00Z");

  private TestKeys() {}

  static Optional<AccessKey> find(String id, Optional<String> token) {
    return id.equals("unknown") ? Optional.empty() : Optional.of(key(id));
  }

  static String secret(String id) {
    return "secret of " + id;
  }

  static String token(String id) {
    return "token of " + id;
  }

  private static AccessKey key(String id) {
    Optional<AccessKey.Session> session =
        id.startsWith("ASIA")
            ? Optional.of(new AccessKey.Session(new Secret(token(id)), END, Session.NONE))
            : Optional.empty();
    return new AccessKey(
        id,
        new Principal.AccessKey(id),
        new AccountId("123456789012"),
        new Secret(secret(id)),
        session);
  }
}

package org.ostraka.identity.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.AccountId;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.model.Session;
import org.ostraka.model.Tags;
import org.ostraka.secret.SealingKey;

/**
 * Issues temporary credentials and opens their tokens. A token is sealed and says everything about
 * its session, so that every server that has the key can verify it without a look-up. Any thread.
 *
 * <p>Whether the user or role of a session still exists is for the caller to find out: that, and
 * their policies, are the ways to end a session early.
 */
public final class Sessions {
  private static final String CONTEXT = "session token";
  private static final String PURPOSE = "session tokens";

  private final SessionKeys keys;
  private final NewIds ids;
  private final InstantSource clock;
  private volatile Optional<SealingKey> known = Optional.empty();

  /**
   * Makes a source of sessions.
   *
   * @param keys have the key from which that of tokens is derived
   */
  public Sessions(SessionKeys keys, NewIds ids, InstantSource clock) {
    this.keys = keys;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Issues credentials.
   *
   * @param holder makes the principal that has them from the id of their access key
   * @param tags the session's tags
   * @param policies texts of policies that limit the session
   */
  public SessionCredentials issue(
      AccountId account,
      Function<String, Principal> holder,
      Duration lifetime,
      Tags tags,
      List<String> policies) {
    Instant now = Instant.ofEpochMilli(clock.instant().toEpochMilli());
    Instant end = now.plus(lifetime);
    String id = ids.sessionKey();
    Secret secret = new Secret(ids.secret());
    SessionPayload payload =
        new SessionPayload(
            id,
            secret,
            account,
            holder.apply(id),
            end,
            new Session(Optional.of(now), tags, policies));
    Bytes sealed = key().seal(payload.encoded(), CONTEXT);
    String token = Base64.getEncoder().encodeToString(sealed.array());
    return new SessionCredentials(id, secret, new Secret(token), end);
  }

  /**
   * Returns the access key of a session, which may have ended; empty when the token is not one that
   * {@link #issue} has made for this key.
   */
  public Optional<AccessKey> open(String accessKeyId, String token) {
    return sealed(token)
        .flatMap(bytes -> existing().flatMap(key -> key.open(bytes, CONTEXT)))
        .map(SessionPayload::decoded)
        .filter(payload -> payload.accessKeyId().equals(accessKeyId))
        .map(payload ->
            new AccessKey(
                accessKeyId,
                payload.holder(),
                payload.account(),
                payload.secret(),
                Optional.of(
                    new AccessKey.Session(new Secret(token), payload.end(), payload.details()))));
  }

  private static Optional<Bytes> sealed(String token) {
    try {
      return Optional.of(Bytes.wrap(Base64.getDecoder().decode(token)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private SealingKey key() {
    if (known.isEmpty()) {
      known = Optional.of(keys.key().derived(PURPOSE));
    }
    return known.get();
  }

  /** A token that nobody issued must not make a key. */
  private Optional<SealingKey> existing() {
    if (known.isEmpty()) {
      known = keys.existing().map(key -> key.derived(PURPOSE));
    }
    return known;
  }
}

package org.ostraka.server.webidentity;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.ostraka.identity.directory.IdentityProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of providers, kept in memory. Any thread.
 *
 * <p>A provider is asked again when its keys are an hour old, or when a token names a key that they
 * do not have, but never more often than every half minute: tokens that nobody signed cannot make
 * the server ask. A file is read again after five seconds.
 */
final class ProviderKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration FILE_PAUSE = Duration.ofSeconds(5);

  /** How long keys are used when the provider cannot be reached. */
  private static final Duration USABLE = Duration.ofDays(1);

  private static final int MAX_PROVIDERS = 1_000;

  private final KeyLocations locations;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<IdentityProvider, Kept> byProvider =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IdentityProvider, Kept> eldest) {
          return size() > MAX_PROVIDERS;
        }
      };

  ProviderKeys(Map<String, Path> files, Optional<SSLContext> trust, InstantSource clock) {
    this.locations = new KeyLocations(files, trust);
    this.clock = clock;
  }

  /** The keys of one provider, which one thread at a time asks for. */
  private static final class Kept {
    private final ReentrantLock asking = new ReentrantLock();
    private Optional<JWKSet> keys = Optional.empty();
    private Instant read = Instant.MIN;
    private Instant tried = Instant.MIN;
    private Optional<KeySetException> failure = Optional.empty();
  }

  /**
   * Returns the keys of a provider that may have signed a token with this header; empty when it has
   * none.
   */
  List<JWK> matching(IdentityProvider provider, JWSHeader header) throws KeySetException {
    Kept kept = kept(provider);
    JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
    kept.asking.lock();
    try {
      Instant now = clock.instant();
      List<JWK> found = kept.keys.map(selector::select).orElse(List.of());
      boolean isFile = locations.isFile(provider);
      Duration fresh = isFile ? FILE_PAUSE : FRESH;
      boolean isOld = found.isEmpty() || !kept.read.isAfter(now.minus(fresh));
      boolean mayAsk = !kept.tried.isAfter(now.minus(isFile ? FILE_PAUSE : PAUSE));
      if (isOld && mayAsk) {
        ask(provider, kept, now);
        found = kept.keys.map(selector::select).orElse(List.of());
      }
      if (found.isEmpty() && kept.failure.isPresent()) {
        throw kept.failure.get();
      }
      return found;
    } finally {
      kept.asking.unlock();
    }
  }

  private void ask(IdentityProvider provider, Kept kept, Instant now) {
    kept.tried = now;
    try {
      kept.keys = Optional.of(locations.read(provider));
      kept.read = now;
      kept.failure = Optional.empty();
    } catch (KeySetException failure) {
      LOG.warn("{}", failure.getMessage());
      kept.failure = Optional.of(failure);
      if (!kept.read.isAfter(now.minus(USABLE))) {
        kept.keys = Optional.empty();
      }
    }
  }

  private Kept kept(IdentityProvider provider) {
    lock.lock();
    try {
      return byProvider.computeIfAbsent(provider, _ -> new Kept());
    } finally {
      lock.unlock();
    }
  }
}

package org.ostraka.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ostraka.engine.encryption.KeyAccess;
import org.ostraka.engine.encryption.KeyProblem;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.secret.TableKeys;
import org.ostraka.storage.Space;
import org.ostraka.storage.encryption.EncryptedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the keys that tables name. A table whose key its service refuses is out of reach from the
 * next round on, and what the key wrapped is removed from memory. While the service cannot be
 * reached, tables are served by the keys in memory for {@link #PATIENCE} after the last answer.
 * {@link #run} only on one thread; the rest on any.
 */
final class TableKeyWatch implements KeyAccess, Runnable {
  /**
   * How long keys in memory serve while the key service is away: as long as the service itself
   * keeps keys ("DynamoDB encryption at rest: how it works": table keys are cached for five
   * minutes).
   */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(TableKeyWatch.class);
  private static final String PROBE = "probe";

  private final EncryptedStore store;
  private final TableKeys keys;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final Map<Space, Instant> failingSince = new ConcurrentHashMap<>();
  private final Map<Space, Outage> outages = new ConcurrentHashMap<>();

  TableKeyWatch(EncryptedStore store, TableKeys keys, Clock clock, Supplier<UUID> ids) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Optional<KeyProblem> problem(String arn) {
    try {
      keys.find(arn).ifPresent(key -> key.wrap(AesGcm.newKey(), PROBE));
      return Optional.empty();
    } catch (MasterKeyException failure) {
      return Optional.of(problem(failure));
    }
  }

  @Override
  public Optional<Outage> outage(Space items) {
    return Optional.ofNullable(outages.get(items));
  }

  /** Tries all keys that tables have. */
  @Override
  public void run() {
    Map<Space, MasterKeyException> unusable = store.tryTableKeys();
    failingSince.keySet().retainAll(unusable.keySet());
    if (outages.keySet().retainAll(unusable.keySet())) {
      LOG.info("table keys can be used again; {} spaces are out of reach", outages.size());
    }
    Set<String> reasons = new HashSet<>();
    unusable.forEach((space, failure) -> {
      if (note(space, failure)) {
        reasons.add(String.valueOf(failure.getMessage()));
      }
    });
    reasons.forEach(reason -> LOG.warn("a table key cannot be used: {}", reason));
  }

  /** Notes that the keys of a space cannot be used; returns whether that begins an outage. */
  private boolean note(Space space, MasterKeyException failure) {
    Instant now = clock.instant();
    Instant since = failingSince.computeIfAbsent(space, _ -> now);
    boolean isOver = failure.refusal().isPresent() || since.plus(PATIENCE).isBefore(now);
    if (!isOver || outages.containsKey(space)) {
      return false;
    }
    outages.put(space, new Outage(now, problem(failure), ids.get()));
    store.forgetKeys(space);
    return true;
  }

  private static KeyProblem problem(MasterKeyException failure) {
    return failure
        .refusal()
        .map(refusal -> new KeyProblem(Optional.of(refusal.code()), refusal.message()))
        .orElseGet(() -> new KeyProblem(Optional.empty(), String.valueOf(failure.getMessage())));
  }
}

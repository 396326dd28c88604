package org.ostraka.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ostraka.engine.encryption.KeyAccess;
import org.ostraka.engine.encryption.KeyProblem;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.secret.TableKeys;
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
  private final Map<String, Instant> unreachedSince = new ConcurrentHashMap<>();
  private final Map<String, Outage> outages = new ConcurrentHashMap<>();

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
  public Optional<Outage> outage(String arn) {
    return Optional.ofNullable(outages.get(arn));
  }

  /** Tries all keys that tables have. */
  @Override
  public void run() {
    Map<String, MasterKeyException> unusable = store.tryTableKeys();
    unreachedSince.keySet().retainAll(unusable.keySet());
    for (String arn : List.copyOf(outages.keySet())) {
      if (!unusable.containsKey(arn)) {
        outages.remove(arn);
        LOG.info("the table key {} can be used again", arn);
      }
    }
    unusable.forEach(this::note);
  }

  private void note(String arn, MasterKeyException failure) {
    Instant now = clock.instant();
    Instant since = unreachedSince.computeIfAbsent(arn, _ -> now);
    boolean isOver = failure.refusal().isPresent() || since.plus(PATIENCE).isBefore(now);
    if (isOver && !outages.containsKey(arn)) {
      outages.put(arn, new Outage(now, problem(failure), ids.get()));
      store.forgetTableKey(arn);
      LOG.warn("the table key {} cannot be used: {}", arn, failure.getMessage());
    }
  }

  private static KeyProblem problem(MasterKeyException failure) {
    return failure
        .refusal()
        .map(refusal -> new KeyProblem(Optional.of(refusal.code()), refusal.message()))
        .orElseGet(() -> new KeyProblem(Optional.empty(), String.valueOf(failure.getMessage())));
  }
}

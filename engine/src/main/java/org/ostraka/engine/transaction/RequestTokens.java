package org.ostraka.engine.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Owner;
import org.ostraka.model.TableName;
import org.ostraka.model.error.IdempotentParameterMismatchException;
import org.ostraka.model.error.TransactionInProgressException;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * The tokens by which repeated requests are recognized: a row for each, written by the decision
 * that carries out its request. Any thread.
 *
 * <p>A row's key is part of the format on disk: partition (account, region, operation, token), no
 * sort.
 */
public final class RequestTokens {
  /** The space of tokens: the greatest possible one, which no table is ever given. */
  static final Space SPACE = new Space(Long.MAX_VALUE);

  /** How long a token is kept: "Idempotency" in the API reference of TransactWriteItems. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** The time between two removals of expired tokens. Each of them reads all tokens. */
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  /** The greatest number of tokens that one decision removes. */
  private static final int MAX_REMOVED_AT_ONCE = 1_000;

  private final Store store;
  private final Clock clock;
  private final Map<RowKey, Bytes> inProgress = new ConcurrentHashMap<>();
  private final ReentrantLock sweeping = new ReentrantLock();
  private Instant nextSweep = Instant.MIN;

  public RequestTokens(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Begins to carry out a request with a token.
   *
   * @param operation the operation's name: each operation has tokens of its own
   * @param digest the digest of what the request asks
   * @throws TransactionInProgressException when the same request is being carried out
   * @throws IdempotentParameterMismatchException when another request with this token is being
   *     carried out
   */
  public TokenUse begin(Owner owner, String operation, String token, Bytes digest) {
    RowKey key =
        new RowKey(
            SPACE,
            KeyEncoding.encode(
                List.of(text(owner.account()), text(owner.region()), text(operation), text(token))),
            Bytes.EMPTY);
    Bytes other = inProgress.putIfAbsent(key, digest);
    if (other == null) {
      return new TokenUse(key, digest, clock.instant());
    }
    throw other.equals(digest)
        ? new TransactionInProgressException()
        : new IdempotentParameterMismatchException();
  }

  /** Removes expired tokens, if a removal is due. */
  public void maintain() {
    if (!sweeping.tryLock()) {
      return;
    }
    try {
      Instant now = clock.instant();
      if (!now.isBefore(nextSweep)) {
        sweep(now);
        nextSweep = now.plus(BETWEEN_SWEEPS);
      }
    } finally {
      sweeping.unlock();
    }
  }

  private void sweep(Instant now) {
    int removedAtOnce =
        Math.min(
            MAX_REMOVED_AT_ONCE, Math.min(store.limits().declaredKeys(), store.limits().writes()));
    List<RowKey> expired = new ArrayList<>();
    try (Cursor cursor = store.scan(Range.OfSlice.all(SPACE), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        if (TokenRecord.of(row.get()).hasExpired(now)) {
          expired.add(row.get().key());
        }
        if (expired.size() == removedAtOnce) {
          remove(expired, now);
          expired.clear();
        }
        row = cursor.next();
      }
    }
    remove(expired, now);
  }

  /** Removes expired tokens, except those that were used again in the meantime. */
  private void remove(List<RowKey> expired, Instant now) {
    if (expired.isEmpty()) {
      return;
    }
    List<RowKey> keys = List.copyOf(expired);
    store.transact(
        keys,
        rows -> {
          List<Write> deletes = new ArrayList<>();
          for (RowKey key : keys) {
            rows.row(key)
                .filter(row -> TokenRecord.of(row).hasExpired(now))
                .ifPresent(_ -> deletes.add(new Write.Delete(key)));
          }
          return new Verdict<>(deletes.size(), deletes);
        });
  }

  private static AttributeValue text(Object value) {
    return new AttributeValue.S(value.toString());
  }

  /** The use of a token by one request, until it is answered. The thread that began it. */
  public final class TokenUse implements AutoCloseable {
    private final RowKey key;
    private final Bytes digest;
    private final Instant now;

    private TokenUse(RowKey key, Bytes digest, Instant now) {
      this.key = key;
      this.digest = digest;
      this.now = now;
    }

    /** Returns the token's row, which the decision has to declare. */
    RowKey key() {
      return key;
    }

    /**
     * Returns the read units of each table that a repetition costs; empty for a new request.
     *
     * @throws IdempotentParameterMismatchException when the token was used with another request
     */
    Optional<Map<TableName, Double>> repetition(Optional<Row> row) {
      Optional<TokenRecord> known =
          row.map(TokenRecord::of).filter(record -> !record.hasExpired(now));
      if (known.isPresent() && !known.get().digest().equals(digest)) {
        throw new IdempotentParameterMismatchException();
      }
      return known.map(TokenRecord::readUnits);
    }

    /** Returns the write of the row by which a repetition will be recognized. */
    Write remember(Map<TableName, Double> readUnits) {
      return new Write.Put(key, new TokenRecord(digest, now.plus(KEPT), readUnits).encoded());
    }

    @Override
    public void close() {
      inProgress.remove(key);
    }
  }
}

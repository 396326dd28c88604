package org.ostraka.engine.directory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.ostraka.identity.session.SessionKeys;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.Bytes;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.SealingKey;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/**
 * Seals the secrets of the directory under a key of its own, which the store has, wrapped by the
 * master key. It is made when it is first needed. Any thread.
 */
public final class SecretSeal implements SessionKeys {
  private static final String CONTEXT = "ostraka directory";

  private final Store store;
  private final MasterKey master;
  private Optional<SealingKey> known = Optional.empty();
  private Optional<SealingKey> ofSecrets = Optional.empty();

  public SecretSeal(Store store, MasterKey master) {
    this.store = store;
    this.master = master;
  }

  /**
   * Returns the key from which keys for other purposes are derived.
   *
   * @throws org.ostraka.secret.MasterKeyException when the master key cannot be used
   */
  @Override
  public synchronized SealingKey key() {
    return existing().orElseGet(() -> use(make()));
  }

  @Override
  public synchronized Optional<SealingKey> existing() {
    if (known.isEmpty()) {
      return store.read(DirectoryRows.DATA_KEY, Consistency.STRONG).map(row -> use(row.value()));
    }
    return known;
  }

  /** Wraps the key again if there is one, so that an earlier master key is needed no more. */
  public void wrapAgain() {
    Optional<Row> stored = store.read(DirectoryRows.DATA_KEY, Consistency.STRONG);
    stored
        .map(Row::value)
        .ifPresent(wrapped -> {
          Bytes again = master.wrap(master.unwrap(wrapped, CONTEXT), CONTEXT);
          store.transact(
              List.of(DirectoryRows.DATA_KEY),
              rows ->
                  rows.row(DirectoryRows.DATA_KEY).map(Row::value).filter(wrapped::equals).isEmpty()
                      ? Verdict.unchanged(false)
                      : new Verdict<>(true, List.of(new Write.Put(DirectoryRows.DATA_KEY, again))));
        });
  }

  private SealingKey use(Bytes wrapped) {
    SealingKey key = new SealingKey(master.unwrap(wrapped, CONTEXT));
    known = Optional.of(key);
    return key;
  }

  private Bytes make() {
    Bytes wrapped = master.wrap(AesGcm.newKey(), CONTEXT);
    return store.transact(
        List.of(DirectoryRows.DATA_KEY),
        rows ->
            rows.row(DirectoryRows.DATA_KEY)
                .map(row -> Verdict.unchanged(row.value()))
                .orElseGet(() ->
                    new Verdict<>(
                        wrapped, List.of(new Write.Put(DirectoryRows.DATA_KEY, wrapped)))));
  }

  Bytes seal(String accessKeyId, Secret secret) {
    return secrets().seal(secret.reveal().getBytes(StandardCharsets.UTF_8), accessKeyId);
  }

  Secret open(String accessKeyId, Bytes sealed) {
    return secrets()
        .open(sealed, accessKeyId)
        .map(bytes -> new Secret(new String(bytes, StandardCharsets.UTF_8)))
        .orElseThrow(
            () -> new CorruptDataException("the secret of an access key cannot be opened"));
  }

  private synchronized SealingKey secrets() {
    SealingKey key = ofSecrets.orElseGet(() -> key().derived("secrets of access keys"));
    ofSecrets = Optional.of(key);
    return key;
  }
}

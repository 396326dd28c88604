package org.ostraka.storage.encryption;

import java.util.Optional;
import java.util.function.Function;
import org.ostraka.model.Bytes;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.secret.TableKeys;
import org.ostraka.storage.Space;

/**
 * The master key of each space: the key that the space's table names, or else the server's one. Any
 * thread.
 */
final class SpaceMasters {
  /** How the stored id of a table's own key begins; the key's ARN follows. */
  private static final String OF_TABLE = "table key ";

  private final MasterKey server;
  private final TableKeys tableKeys;
  private volatile Function<Space, Optional<KeyChoice>> choices = _ -> Optional.empty();

  SpaceMasters(MasterKey server, TableKeys tableKeys) {
    this.server = server;
    this.tableKeys = tableKeys;
  }

  /** A key that a table names. Its stored id says so, since only its service can unwrap with it. */
  private record OfTable(String arn, MasterKey key) implements MasterKey {
    @Override
    public String id() {
      return OF_TABLE + arn;
    }

    @Override
    public Bytes wrap(byte[] plain, String context) {
      return key.wrap(plain, context);
    }

    @Override
    public byte[] unwrap(Bytes wrapped, String context) {
      return key.unwrap(wrapped, context);
    }
  }

  /** From now on, asks this function what a space's table chose; empty for spaces of no table. */
  void follow(Function<Space, Optional<KeyChoice>> chosen) {
    choices = chosen;
  }

  /** Returns the key that is to wrap new keys of a space. */
  MasterKey of(Space space) {
    return choices.apply(space).flatMap(KeyChoice::arn).flatMap(this::ofTable).orElse(server);
  }

  /**
   * Returns the key that is to wrap a stored key: the one that wrapped it, when the space belongs
   * to no known table. That is so at a start, and when a deleted table's stream is still kept.
   */
  MasterKey of(StoredKeyRow row) {
    boolean isUnknown = choices.apply(row.space()).isEmpty();
    return isUnknown && arn(row.masterId()).isPresent() ? byId(row.masterId()) : of(row.space());
  }

  /**
   * Returns the key that unwraps what the key with this id wrapped.
   *
   * @throws MasterKeyException when it is a table's key, and no key service is known
   */
  MasterKey byId(String id) {
    return arn(id)
        .map(arn ->
            ofTable(arn)
                .orElseThrow(() ->
                    new MasterKeyException(
                        "a table's keys are wrapped by " + arn + ", and no KMS is named")))
        .orElse(server);
  }

  /** Returns the ARN of a table's key from its stored id; empty for keys of the server. */
  static Optional<String> arn(String id) {
    return id.startsWith(OF_TABLE)
        ? Optional.of(id.substring(OF_TABLE.length()))
        : Optional.empty();
  }

  private Optional<MasterKey> ofTable(String arn) {
    return tableKeys.find(arn).map(key -> new OfTable(arn, key));
  }
}

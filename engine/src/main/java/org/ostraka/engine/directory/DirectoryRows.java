package org.ostraka.engine.directory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.identity.directory.EntityKey;
import org.ostraka.identity.signature.KeyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;

/**
 * The keys and values of the directory's rows. Part of the format on disk. Stateless.
 *
 * <pre>
 * partition ("accounts")      sort account       the number of changes of the account, 8 bytes, then
 *                                                the account
 * partition ("of", account)   sort (kind, name)  an entity: see {@link EntityItem}
 * partition ("access-keys")   sort id            the account that has the access key
 * partition ("last-uses")     sort id            the last use of an access key or role: seconds, 8
 *                                                bytes, then id, service and region in lines
 * partition ("data-key")                         the key that seals secrets, wrapped by the master key
 * </pre>
 */
final class DirectoryRows {
  /** The space of the directory: the last but two that there can be. */
  static final Space SPACE = new Space(Long.MAX_VALUE - 2);

  static final RowKey DATA_KEY = new RowKey(SPACE, text("data-key"), Bytes.EMPTY);

  private static final Bytes ACCOUNTS = text("accounts");
  private static final Bytes ACCESS_KEYS = text("access-keys");
  private static final Bytes LAST_USES = text("last-uses");
  private static final String LINE = "\n";
  private static final int LINES_OF_USE = 3;
  private static final String ENTITIES = "of";

  private DirectoryRows() {}

  static RowKey account(AccountId account) {
    return new RowKey(SPACE, ACCOUNTS, text(account.value()));
  }

  static RowKey entity(AccountId account, EntityKey key) {
    return new RowKey(
        SPACE,
        entities(account),
        KeyEncoding.encode(
            List.of(new AttributeValue.S(key.kind().name()), new AttributeValue.S(key.name()))));
  }

  static RowKey accessKey(String id) {
    return new RowKey(SPACE, ACCESS_KEYS, text(id));
  }

  static RowKey use(String id) {
    return new RowKey(SPACE, LAST_USES, text(id));
  }

  static boolean isOfUse(RowKey key) {
    return key.partition().equals(LAST_USES);
  }

  static Bytes encoded(String id, KeyUse use) {
    byte[] lines =
        String.join(LINE, id, use.service(), use.region()).getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + lines.length)
            .putLong(use.time().getEpochSecond())
            .put(lines)
            .array());
  }

  /** Returns the last use of a key or role, as its row has it. */
  static KeyUse use(Row row) {
    String[] lines = linesOfUse(row);
    Instant time = Instant.ofEpochSecond(ByteBuffer.wrap(row.value().array()).getLong());
    return new KeyUse(time, lines[1], lines[2]);
  }

  private static String[] linesOfUse(Row row) {
    byte[] bytes = row.value().array();
    if (bytes.length <= Long.BYTES) {
      throw new CorruptDataException("the row of a last use is too short");
    }
    String[] lines =
        new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8)
            .split(LINE, -1);
    if (lines.length != LINES_OF_USE) {
      throw new CorruptDataException("the row of a last use does not have three lines");
    }
    return lines;
  }

  /** Accepts all last uses, with the ids of their keys and roles. */
  static void uses(Store store, BiConsumer<String, Row> uses) {
    scan(store, LAST_USES, row -> uses.accept(linesOfUse(row)[0], row));
  }

  static boolean isOfAccount(RowKey key) {
    return key.partition().equals(ACCOUNTS);
  }

  static boolean isOfAccessKey(RowKey key) {
    return key.partition().equals(ACCESS_KEYS);
  }

  static Bytes changes(AccountId account, long changes) {
    byte[] id = account.value().getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + id.length).putLong(changes).put(id).array());
  }

  /** Returns the number of changes of an account, as its row has it. */
  static long changes(Row row) {
    requireAccount(row);
    return ByteBuffer.wrap(row.value().array(), 0, Long.BYTES).getLong();
  }

  /** Returns the account of the row of its changes. */
  static AccountId accountOf(Row row) {
    requireAccount(row);
    return accountId(row.value().array(), Long.BYTES);
  }

  private static void requireAccount(Row row) {
    if (row.value().sizeBytes() <= Long.BYTES) {
      throw new CorruptDataException("the row of an account is too short");
    }
  }

  static Bytes owner(AccountId account) {
    return Bytes.wrap(account.value().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the account that has an access key. */
  static AccountId owner(Row row) {
    return accountId(row.value().array(), 0);
  }

  private static AccountId accountId(byte[] bytes, int from) {
    String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    if (!AccountId.isLegal(text)) {
      throw new CorruptDataException("an account in the directory is none");
    }
    return new AccountId(text);
  }

  /** Returns the accounts that something was ever defined in. */
  static Set<AccountId> accounts(Store store) {
    Set<AccountId> accounts = new LinkedHashSet<>();
    scan(store, ACCOUNTS, row -> accounts.add(accountOf(row)));
    return accounts;
  }

  /** Accepts all entities of an account. */
  static void entities(Store store, AccountId account, Consumer<Row> rows) {
    scan(store, entities(account), rows);
  }

  private static void scan(Store store, Bytes partition, Consumer<Row> rows) {
    Range all = Range.OfPartition.all(SPACE, partition, Direction.FORWARD);
    try (Cursor cursor = store.scan(all, Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        rows.accept(row.get());
        row = cursor.next();
      }
    }
  }

  private static Bytes entities(AccountId account) {
    return KeyEncoding.encode(
        List.of(new AttributeValue.S(ENTITIES), new AttributeValue.S(account.value())));
  }

  private static Bytes text(String value) {
    return KeyEncoding.encode(new AttributeValue.S(value));
  }
}

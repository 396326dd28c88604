package org.ostraka.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.directory.Directory;
import org.ostraka.engine.directory.SecretSeal;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.identity.directory.AccessKeyEntries;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.directory.Users;
import org.ostraka.identity.signature.Secret;
import org.ostraka.identity.wire.PolicyWriter;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.secret.MasterKey;
import org.ostraka.server.auth.NewRootKey;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Store;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.storage.rocksdb.LostWrites;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import org.ostraka.storage.rocksdb.VolumeThreads;
import org.ostraka.storage.volume.VolumeStore;

/** One account in the data directory of a server that does not run. One thread. */
public final class StoppedDirectory implements AutoCloseable {
  private final Parts parts;
  private final Catalogue catalogue;
  private final Directory directory;
  private final AccountId account;
  private final NewIds ids;
  private final Clock clock = Clock.systemUTC();

  private StoppedDirectory(
      Parts parts, Catalogue catalogue, Directory directory, AccountId account, NewIds ids) {
    this.parts = parts;
    this.catalogue = catalogue;
    this.directory = directory;
    this.account = account;
    this.ids = ids;
  }

  /**
   * Opens a data directory, which is made if there is none.
   *
   * @param masterKey where the master key is
   * @throws DataDirectoryException when the data directory cannot be used
   * @throws org.ostraka.secret.MasterKeyException when the master key cannot be used
   */
  public static StoppedDirectory open(Path data, MasterKeyLocation masterKey, AccountId account)
      throws DataDirectoryException {
    Parts parts = new Parts();
    try {
      SecureRandom random = new SecureRandom();
      Clock clock = Clock.systemUTC();
      MasterKey master = MasterKeys.open(masterKey, clock);
      Encryption encryption = new Encryption(false, Encryption.KEY_LIFETIME, masterKey);
      Store store = EncryptionParts.open(encryption, store(data, parts), master, clock).store();
      Catalogue catalogue = Catalogue.open(store, clock, EngineSettings.DEFAULT);
      Directory directory =
          Directory.open(store, catalogue.sharedChanges(), new SecretSeal(store, master));
      return new StoppedDirectory(parts, catalogue, directory, account, new NewIds(random));
    } catch (DataDirectoryException | RuntimeException | Error failure) {
      parts.close();
      throw failure;
    }
  }

  private static Store store(Path data, Parts parts) throws DataDirectoryException {
    DataDirectory directory = parts.add(DataDirectory.open(data));
    RocksVolume volume =
        RocksVolume.open(
            directory,
            RocksSettings.DEFAULT,
            new VolumeThreads(
                parts.addExecutor(
                    Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("scan").factory())),
                Thread.ofPlatform().daemon().name("disk").factory()),
            LostWrites.REFUSE);
    return parts.add(
        new VolumeStore(
            volume,
            new HybridClock(Clock.systemUTC()),
            Thread.ofPlatform().name("committer").factory(),
            _ -> {}));
  }

  /** Returns the account as it is now. */
  public Account account() {
    return directory.account(account);
  }

  /** Returns the policy of the table that a resource is, or is part of; empty if it has none. */
  public Optional<PolicyText> tablePolicy(String resource) {
    String[] parts = resource.split("/", 3);
    return TableArn.parse(parts.length < 2 ? resource : parts[0] + "/" + parts[1])
        .flatMap(catalogue::describe)
        .flatMap(table -> table.stored().policies().of(Optional.empty()))
        .flatMap(ResourcePolicy::document)
        .map(document -> new PolicyText(PolicyWriter.write(document), document));
  }

  /**
   * Changes the account.
   *
   * @throws org.ostraka.identity.directory.DirectoryException when the change is refused
   */
  public void change(UnaryOperator<Account> change) {
    directory.change(Principal.Service.SERVER, account, change);
  }

  /** Adds an entity that has a unique id. */
  public void create(EntityKind kind, String name, BiFunction<Account, Head, Account> change) {
    Head head = new Head(name, "/", ids.entity(kind), now());
    change(before -> change.apply(before, head));
  }

  /** Makes an access key of a user, or of the root user when none is named. */
  public NewRootKey createAccessKey(Optional<String> user) {
    NewRootKey key = new NewRootKey(ids.accessKey(), new Secret(ids.secret()));
    Instant now = now();
    change(before ->
        AccessKeyEntries.create(
            before,
            new AccessKeyEntry(
                key.id(),
                user.map(name -> Users.require(before, name).head().id()),
                key.secret(),
                true,
                now)));
    return key;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  @Override
  public void close() {
    parts.close();
  }
}

package org.ostraka.server;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.directory.Directory;
import org.ostraka.engine.directory.DirectoryKeys;
import org.ostraka.engine.directory.SecretSeal;
import org.ostraka.engine.directory.Standings;
import org.ostraka.engine.iam.Iam;
import org.ostraka.engine.iam.SecurityTokens;
import org.ostraka.engine.iam.WebIdentities;
import org.ostraka.engine.iam.WebIdentityTokens;
import org.ostraka.identity.directory.AccessKeyEntries;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.identity.session.Sessions;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.Principal;
import org.ostraka.secret.MasterKey;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.CertificateHolders;
import org.ostraka.server.auth.CertificateHoldersFile;
import org.ostraka.server.auth.IamFile;
import org.ostraka.server.auth.KnownKeys;
import org.ostraka.server.auth.NewRootKey;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.query.IdentityService;
import org.ostraka.server.query.QueryServices;
import org.ostraka.server.query.SecurityTokenService;
import org.ostraka.storage.Store;

/**
 * The directory of principals and what is made from it. Any thread.
 *
 * @param file the accounts that the operator declares
 * @param certificates for whom certificates of clients stand, if the operator says so
 * @param newRootKey the root key that was made at this start
 */
record DirectoryParts(
    Directory directory,
    Sessions sessions,
    KnownKeys keys,
    Standings standings,
    NewIds ids,
    Optional<IamFile> file,
    Optional<CertificateHoldersFile> certificates,
    Optional<NewRootKey> newRootKey) {

  /**
   * Opens the directory of a store.
   *
   * @throws org.ostraka.secret.MasterKeyException when the master key cannot be used
   * @throws org.ostraka.server.auth.IamFileException when the file of accounts cannot be used
   */
  static DirectoryParts open(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      MasterKey master,
      Clock clock,
      SecureRandom random) {
    SecretSeal seal = new SecretSeal(store, master);
    seal.wrapAgain();
    Directory directory = Directory.open(store, catalogue.sharedChanges(), seal);
    Optional<IamFile> file =
        settings
            .principals()
            .iamFile()
            .map(path -> new IamFile(path, directory, settings.principals().environment()));
    file.ifPresent(IamFile::load);
    Optional<CertificateHoldersFile> certificates = certificates(settings, directory);
    certificates.ifPresent(CertificateHoldersFile::load);
    NewIds ids = new NewIds(random);
    Sessions sessions = new Sessions(seal, ids, clock);
    Optional<NewRootKey> made = Optional.empty();
    if (settings.principals().makesRootKey()
        && settings.rootKey().isEmpty()
        && !directory.isUsed()) {
      made = newRootKey(directory, ids, clock.instant());
    }
    KnownKeys keys =
        new KnownKeys(
            settings.rootKey(),
            settings.accounts(),
            new DirectoryKeys(directory, sessions),
            () -> directory.isUsed() || settings.principals().iamFile().isPresent());
    return new DirectoryParts(
        directory, sessions, keys, Standings.of(directory), ids, file, certificates, made);
  }

  private static Optional<CertificateHoldersFile> certificates(
      ServerSettings settings, Directory directory) {
    return settings
        .protection()
        .clientPrincipals()
        .map(path ->
            new CertificateHoldersFile(
                path, new CertificateHolders(directory, settings.regions())));
  }

  /**
   * Returns IAM and STS over the directory.
   *
   * @param tokens verifies the tokens of OpenID Connect providers
   */
  QueryServices services(Clock clock, WebIdentityTokens tokens) {
    return new QueryServices(() -> {
      Iam iam = new Iam(directory, ids, clock);
      SecurityTokens security = new SecurityTokens(directory, iam, sessions);
      return List.of(
          SecurityTokenService.over(security, new WebIdentities(directory, iam, security, tokens)),
          IdentityService.over(iam));
    });
  }

  /**
   * Makes a root key, unless another server of the store has made one since the directory was
   * opened: then its output has the key.
   */
  static Optional<NewRootKey> newRootKey(Directory directory, NewIds ids, Instant now) {
    NewRootKey key = new NewRootKey(ids.accessKey(), new Secret(ids.secret()));
    AccessKeyEntry entry =
        new AccessKeyEntry(
            key.id(),
            Optional.empty(),
            key.secret(),
            true,
            Instant.ofEpochMilli(now.toEpochMilli()));
    Account changed =
        directory.change(
            Principal.Service.SERVER,
            Accounts.DEFAULT_ACCOUNT,
            account ->
                account.accessKeys().isEmpty() ? AccessKeyEntries.create(account, entry) : account);
    return Optional.of(key).filter(made -> changed.accessKey(made.id()).isPresent());
  }
}

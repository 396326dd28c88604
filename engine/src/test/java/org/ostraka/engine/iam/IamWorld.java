package org.ostraka.engine.iam;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.directory.Directory;
import org.ostraka.engine.directory.DirectoryKeys;
import org.ostraka.engine.directory.SecretSeal;
import org.ostraka.identity.directory.AccessKeyEntries;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Identities;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.identity.directory.Roles;
import org.ostraka.identity.directory.Users;
import org.ostraka.identity.session.SessionCredentials;
import org.ostraka.identity.session.Sessions;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.Secret;
import org.ostraka.identity.wire.PolicyTexts;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.Tags;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKeyInMemory;

/** A directory with users and roles, and the callers that their keys make. One thread. */
final class IamWorld implements AutoCloseable {
  static final AccountId ACCOUNT = new AccountId("111111111111");

  private final TestEngine engine = new TestEngine();
  private final Directory directory;
  private final DirectoryKeys keys;
  final Iam iam;
  final SecurityTokens tokens;

  IamWorld() {
    SplittableRandom random = new SplittableRandom(5);
    SecretSeal seal =
        new SecretSeal(engine.store(), new MasterKeyInMemory(new byte[AesGcm.KEY_BYTES]));
    directory = Directory.open(engine.store(), engine.catalogue().sharedChanges(), seal);
    NewIds ids = new NewIds(random);
    Sessions sessions = new Sessions(seal, ids, engine.clock());
    keys = new DirectoryKeys(directory, sessions);
    iam = new Iam(directory, ids, engine.clock());
    tokens = new SecurityTokens(directory, iam, sessions);
  }

  static Caller root(AccountId account) {
    return new Caller(new Principal.Root(account, "AKIDROOT"), owner(account));
  }

  /** Makes a user with a key, and returns the caller who signs with it. */
  Caller user(AccountId account, String name) {
    String keyId = iam.ids().accessKey();
    directory.change(
        Principal.Service.SERVER,
        account,
        before ->
            Users.create(
                before, iam.head(EntityKind.USER, name, "/"), Tags.NONE, Optional.empty()));
    directory.change(
        Principal.Service.SERVER,
        account,
        before ->
            AccessKeyEntries.create(
                before,
                new AccessKeyEntry(
                    keyId,
                    Optional.of(Users.require(before, name).head().id()),
                    new Secret("a-secret-of-" + name),
                    true,
                    Instant.EPOCH)));
    return caller(keyId, Optional.empty());
  }

  void policy(AccountId account, EntityKind kind, String name, String text) {
    directory.change(
        Principal.Service.SERVER,
        account,
        before ->
            Identities.putPolicy(
                before, kind, name, "p", PolicyTexts.read(text, PolicyUse.IDENTITY)));
  }

  /** Makes a role whose sessions may last two hours. */
  void role(AccountId account, String name, String trust) {
    directory.change(
        Principal.Service.SERVER,
        account,
        before ->
            Roles.create(
                before,
                iam.head(EntityKind.ROLE, name, "/"),
                PolicyTexts.read(trust, PolicyUse.TRUST),
                "",
                Optional.of(Duration.ofHours(2)),
                Tags.NONE,
                Optional.empty()));
  }

  /** Returns the caller who signs with temporary credentials. */
  Caller caller(SessionCredentials credentials) {
    return caller(credentials.accessKeyId(), Optional.of(credentials.token().reveal()));
  }

  private Caller caller(String keyId, Optional<String> token) {
    AccessKey key = keys.find(keyId, token).orElseThrow();
    return new Caller(key.principal(), owner(key.account()), key.details());
  }

  private static Owner owner(AccountId account) {
    return new Owner(account, new Region("us-east-1"));
  }

  @Override
  public void close() {
    engine.close();
  }
}

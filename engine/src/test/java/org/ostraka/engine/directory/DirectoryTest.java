package org.ostraka.engine.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.identity.directory.AccessKeyEntries;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.identity.directory.EntityKey;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.Users;
import org.ostraka.identity.signature.KeyUse;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.AccountId;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.model.Tags;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

final class DirectoryTest {
  private static final AccountId ID = new AccountId("111111111111");
  private static final AccountId OTHER = new AccountId("222222222222");
  private static final Principal ACTOR = new Principal.AccessKey("admin");
  private static final Instant NOW = TestEngine.START;

  private TestEngine engine = new TestEngine();
  private Directory directory = TestDirectory.open(engine);

  @AfterEach
  void close() {
    engine.close();
  }

  private static Account withUser(Account account, String name) {
    return Users.create(
        account, new Head(name, "/", "AIDA" + name, NOW), Tags.NONE, Optional.empty());
  }

  private static Account withKey(Account account, String id) {
    return AccessKeyEntries.create(
        account, new AccessKeyEntry(id, Optional.empty(), new Secret("planted-secret"), true, NOW));
  }

  private void restart() {
    engine = engine.restart();
    directory = TestDirectory.open(engine);
  }

  @Test
  void aLastUseIsStoredAndTheLaterOneOfSeveralServersWins() {
    directory.change(ACTOR, ID, account -> withKey(account, "AKIDONE"));
    Directory other = TestDirectory.open(engine);
    assertThat(directory.uses().of("AKIDONE")).isEmpty();
    KeyUse early = new KeyUse(NOW, "dynamodb", "us-east-1");
    KeyUse late = new KeyUse(NOW.plusSeconds(60), "iam", "eu-west-1");
    directory.uses().note("AKIDONE", late);
    directory.uses().note("AKIDONE", early);
    other.uses().note("AKIDONE", early);
    assertThat(directory.uses().of("AKIDONE")).contains(late);
    assertThat(other.uses().of("AKIDONE")).contains(early);
    directory.storeUses(NOW);
    other.storeUses(NOW);
    assertThat(other.uses().of("AKIDONE")).contains(late);
    restart();
    assertThat(directory.uses().of("AKIDONE")).contains(late);
  }

  @Test
  void theLastUseOfAKeyThatIsGoneIsForgottenAfterADay() {
    directory.change(ACTOR, ID, account -> withKey(account, "AKIDONE"));
    KeyUse use = new KeyUse(NOW, "dynamodb", "us-east-1");
    directory.uses().note("AKIDONE", use);
    directory.storeUses(NOW);
    directory.change(
        ACTOR, ID, account -> AccessKeyEntries.delete(account, Optional.empty(), "AKIDONE"));
    directory.storeUses(NOW.plus(Duration.ofHours(23)));
    assertThat(directory.uses().of("AKIDONE")).contains(use);
    directory.storeUses(NOW.plus(Duration.ofHours(25)));
    assertThat(directory.uses().of("AKIDONE")).isEmpty();
  }

  @Test
  void aDirectoryIsUsedFromItsFirstEntityOnAndForEver() {
    assertThat(directory.isUsed()).isFalse();
    directory.change(ACTOR, ID, account -> withUser(account, "bob"));
    assertThat(directory.isUsed()).isTrue();
    directory.change(ACTOR, ID, account -> Users.delete(account, "bob"));
    assertThat(directory.isUsed()).isTrue();
    restart();
    assertThat(directory.isUsed()).isTrue();
    assertThat(directory.account(ID).users()).isEmpty();
  }

  @Test
  void aRefusedChangeChangesNothing() {
    directory.change(ACTOR, ID, account -> withUser(account, "bob"));
    assertThatThrownBy(() -> directory.change(ACTOR, ID, account -> withUser(account, "bob")))
        .isInstanceOf(DirectoryException.class);
    restart();
    assertThat(directory.account(ID).users()).hasSize(1);
  }

  @Test
  void anAccessKeyBelongsToOneAccount() {
    directory.change(ACTOR, ID, account -> withKey(account, "AKIA1"));
    assertThatThrownBy(() -> directory.change(ACTOR, OTHER, account -> withKey(account, "AKIA1")))
        .isInstanceOf(DirectoryException.class)
        .hasMessage("Access key with id AKIA1 belongs to another account.");
    directory.change(
        ACTOR, ID, account -> AccessKeyEntries.delete(account, Optional.empty(), "AKIA1"));
    assertThat(directory.ownerOf("AKIA1")).isEmpty();
    directory.change(ACTOR, OTHER, account -> withKey(account, "AKIA1"));
    assertThat(directory.ownerOf("AKIA1").orElseThrow().account().id()).isEqualTo(OTHER);
  }

  @Test
  void secretsAreStoredSealedAndOpenAfterARestart() {
    directory.change(ACTOR, ID, account -> withKey(account, "AKIA1"));
    Bytes planted = Bytes.wrap("planted-secret".getBytes(StandardCharsets.UTF_8));
    int rows = 0;
    try (Cursor cursor =
        engine
            .store()
            .scan(Range.OfSlice.all(DirectoryRows.SPACE), Consistency.STRONG, Wanted.ALL)) {
      for (Optional<Row> row = cursor.next(); row.isPresent(); row = cursor.next()) {
        rows++;
        assertThat(row.get().value().toString()).doesNotContain(planted.toString());
      }
    }
    assertThat(rows).isEqualTo(4);
    restart();
    assertThat(directory.account(ID).accessKey("AKIA1").orElseThrow().secret())
        .isEqualTo(new Secret("planted-secret"));
  }

  @Test
  void anotherMasterKeyOpensNoDirectoryWithSecrets() {
    directory.change(ACTOR, ID, account -> withUser(account, "bob"));
    assertThat(TestDirectory.open(engine, TestDirectory.masterKey(9)).account(ID).users())
        .hasSize(1);
    directory.change(ACTOR, ID, account -> withKey(account, "AKIA1"));
    assertThatThrownBy(() -> TestDirectory.open(engine, TestDirectory.masterKey(9)))
        .isInstanceOf(MasterKeyException.class);
  }

  @Test
  void aDirectoryStaysInUseWhenAllThatWasDeclaredGoes() {
    assertThat(directory.isUsed()).isFalse();
    directory.declare("iam.json", List.of(withUser(new Account(ID), "amy")));
    directory.declare("iam.json", List.of());
    assertThat(directory.accounts()).isEmpty();
    assertThat(directory.isUsed()).as("or any credentials would be taken again").isTrue();
  }

  @Test
  void whatIsDeclaredIsThereButCannotBeChanged() {
    directory.change(ACTOR, ID, account -> withUser(account, "bob"));
    directory.declare("iam.json", List.of(withKey(withUser(new Account(ID), "amy"), "AKIA2")));
    assertThat(directory.account(ID).users()).hasSize(2);
    assertThat(directory.ownerOf("AKIA2")).isPresent();
    assertThatThrownBy(() -> directory.change(ACTOR, ID, account -> Users.delete(account, "amy")))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            refusal ->
                assertThat(refusal.code()).isEqualTo(DirectoryException.Code.UNMODIFIABLE_ENTITY))
        .hasMessage("The user amy is defined in iam.json and can only be changed there.");
    directory.change(ACTOR, ID, account -> Users.delete(account, "bob"));
    directory.change(ACTOR, ID, account -> withUser(account, "rob"));
    directory.declare("iam.json", List.of());
    assertThat(directory.account(ID).users()).hasSize(1);
    assertThat(directory.ownerOf("AKIA2")).isEmpty();
    restart();
    assertThat(directory.account(ID).user("rob")).isPresent();
    assertThat(directory.account(ID).user("amy")).isEmpty();
  }

  @Test
  void whatIsStoredCannotBeDeclared() {
    directory.change(ACTOR, ID, account -> withKey(withUser(account, "bob"), "AKIA1"));
    for (Account wrong :
        List.of(withUser(new Account(ID), "BOB"), withKey(new Account(OTHER), "AKIA1"))) {
      assertThatThrownBy(() -> directory.declare("iam.json", List.of(wrong)))
          .isInstanceOf(DirectoryException.class);
    }
    directory.declare("iam.json", List.of(withKey(new Account(OTHER), "AKIA2")));
    assertThatThrownBy(() -> directory.change(ACTOR, ID, account -> withKey(account, "AKIA2")))
        .isInstanceOf(DirectoryException.class);
  }

  @Test
  void theCheckFindsADamagedRow() {
    directory.change(ACTOR, ID, account -> withUser(account, "bob"));
    engine
        .store()
        .transact(
            List.of(DirectoryRows.entity(ID, EntityKey.of(EntityKind.USER, "bob"))),
            rows ->
                new Verdict<>(
                    0,
                    List.of(
                        new Write.Put(
                            DirectoryRows.entity(ID, EntityKey.of(EntityKind.USER, "bob")),
                            Bytes.of(1, 2, 3)))));
    assertThat(IntegrityCheck.run(engine.store()).named())
        .singleElement()
        .asString()
        .startsWith("a row of the directory is damaged");
  }
}

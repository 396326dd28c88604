package org.ostraka.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.model.Session;
import org.ostraka.model.Tags;
import org.ostraka.secret.SealingKey;
import org.ostraka.testkit.random.RandomCase;

final class SessionsTest {
  private static final AccountId ACCOUNT = new AccountId("111122223333");
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Tags TAGS = new Tags(Map.of("team", "blue", "empty", ""));
  private static final List<String> POLICIES = List.of("{\"Statement\":[]}", "{}");

  private final RandomGenerator random = new SplittableRandom(1);
  private final Sessions sessions = sessions(1);

  private Sessions sessions(int key) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) key;
    SealingKey sealing = new SealingKey(bytes);
    return new Sessions(
        new SessionKeys() {
          @Override
          public SealingKey key() {
            return sealing;
          }

          @Override
          public Optional<SealingKey> existing() {
            return Optional.of(sealing);
          }
        },
        new NewIds(random),
        InstantSource.fixed(NOW));
  }

  private SessionCredentials role() {
    return sessions.issue(
        ACCOUNT,
        key -> new Principal.RoleSession(ACCOUNT, key, "AROA1", "/ci/", "writer", "build"),
        Duration.ofHours(1),
        TAGS,
        POLICIES);
  }

  @Test
  void aTokenSaysEverythingAboutItsSession() {
    SessionCredentials issued = role();
    AccessKey key = sessions(1).open(issued.accessKeyId(), issued.token().reveal()).orElseThrow();
    assertThat(issued.accessKeyId()).startsWith("ASIA");
    assertThat(key.secret()).isEqualTo(issued.secret());
    assertThat(key.account()).isEqualTo(ACCOUNT);
    assertThat(key.principal())
        .isEqualTo(
            new Principal.RoleSession(
                ACCOUNT, issued.accessKeyId(), "AROA1", "/ci/", "writer", "build"));
    assertThat(key.session().orElseThrow().end()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(key.details()).isEqualTo(new Session(Optional.of(NOW), TAGS, POLICIES));
  }

  @Test
  void everyKindOfPrincipalCanHaveASession() {
    for (Principal holder :
        List.of(
            new Principal.Root(ACCOUNT, "?"),
            new Principal.User(ACCOUNT, "?", "AIDA1", "/x/", "bob"),
            new Principal.FederatedUser(ACCOUNT, "?", "AIDA1", "/x/", "bob", "guest"))) {
      SessionCredentials issued =
          sessions.issue(ACCOUNT, _ -> holder, Duration.ofHours(1), Tags.NONE, List.of());
      AccessKey key = sessions.open(issued.accessKeyId(), issued.token().reveal()).orElseThrow();
      assertThat(key.principal().toString().replace(issued.accessKeyId(), "?"))
          .isEqualTo(holder.toString());
    }
  }

  @Test
  void aTokenOpensOnlyForItsKeyAndItsServers() {
    SessionCredentials issued = role();
    String token = issued.token().reveal();
    assertThat(sessions.open("ASIAOTHER", token)).isEmpty();
    assertThat(sessions(2).open(issued.accessKeyId(), token)).isEmpty();
    for (String other : List.of("", "x", "AAAA", "not base64!", token + "AAAA")) {
      assertThat(sessions.open(issued.accessKeyId(), other)).isEmpty();
    }
  }

  @Test
  void noChangedTokenOpens(TestInfo test) {
    RandomGenerator changes = RandomCase.of(test).branch(0);
    SessionCredentials issued = role();
    byte[] sealed = Base64.getDecoder().decode(issued.token().reveal());
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= (byte) (1 << changes.nextInt(8));
      assertThat(sessions.open(issued.accessKeyId(), Base64.getEncoder().encodeToString(changed)))
          .isEmpty();
    }
  }

  @Test
  void aTokenOfNobodyMakesNoKey() {
    Sessions without =
        new Sessions(
            new SessionKeys() {
              @Override
              public SealingKey key() {
                throw new AssertionError("a token must not make a key");
              }

              @Override
              public Optional<SealingKey> existing() {
                return Optional.empty();
              }
            },
            new NewIds(random),
            InstantSource.fixed(NOW));
    assertThat(without.open("ASIA1", role().token().reveal())).isEmpty();
  }
}

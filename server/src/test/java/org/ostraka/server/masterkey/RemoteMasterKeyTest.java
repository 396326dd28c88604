package org.ostraka.server.masterkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.AccountId;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;

/** Master keys in key services wrap and unwrap over HTTP, and say what is wrong. */
final class RemoteMasterKeyTest {
  private static final Secret SECRET = new Secret("the-secret-of-the-server");
  private static final InstantSource CLOCK = InstantSource.system();

  private final StandInKeyService service =
      new StandInKeyService(
          new AccessKey(
              "AKIDSERVER",
              new Principal.AccessKey("AKIDSERVER"),
              new AccountId("000000000000"),
              SECRET,
              Optional.empty()),
          CLOCK);

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void kmsWrapsWhatOnlyItUnwrapsInTheSameContext() {
    requireWraps(kms(service.uri(), SECRET));
  }

  @Test
  void vaultWrapsWhatOnlyItUnwrapsInTheSameContext() {
    requireWraps(vault(service.uri(), StandInKeyService.TOKEN));
  }

  @Test
  void aWrongSecretOrTokenIsReported() {
    assertThatThrownBy(
            () -> kms(service.uri(), new Secret("another")).wrap(AesGcm.newKey(), "space 1"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("answered 400: InvalidSignatureException: no");
    assertThatThrownBy(() -> vault(service.uri(), "s.wrong"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("answered 403: permission denied")
        .hasMessageNotContaining("s.wrong");
  }

  @Test
  void aServiceThatIsAwayIsReported() {
    URI uri = service.uri();
    MasterKey kms = kms(uri, SECRET);
    MasterKey vault = vault(uri, StandInKeyService.TOKEN);
    service.close();
    for (MasterKey key : new MasterKey[] {kms, vault}) {
      assertThatThrownBy(() -> key.wrap(AesGcm.newKey(), "space 1"))
          .isInstanceOf(MasterKeyException.class)
          .hasMessageContaining("cannot be reached");
    }
  }

  @Test
  void aNewVersionInVaultHasAnotherIdAndUnwrapsWhatIsOlder() {
    MasterKey old = vault(service.uri(), StandInKeyService.TOKEN);
    byte[] key = AesGcm.newKey();
    Bytes wrapped = old.wrap(key, "space 1");
    service.rotate();
    MasterKey fresh = vault(service.uri(), StandInKeyService.TOKEN);
    assertThat(old.id()).isEqualTo("transit/ostraka vault:v1");
    assertThat(fresh.id()).isEqualTo("transit/ostraka vault:v2");
    assertThat(fresh.unwrap(wrapped, "space 1")).isEqualTo(key);
  }

  @Test
  void anAliasThatPointsToAnotherKeyHasAnotherIdAndUnwrapsWhatIsOlder() {
    MasterKey old = kms(service.uri(), SECRET);
    byte[] key = AesGcm.newKey();
    Bytes wrapped = old.wrap(key, "space 1");
    assertThat(old.id()).isEqualTo("kms:key-1");
    service.rotate();
    MasterKey fresh = kms(service.uri(), SECRET);
    assertThat(fresh.id()).isEqualTo("kms:key-2");
    assertThat(fresh.unwrap(wrapped, "space 1")).isEqualTo(key);
  }

  @Test
  void onlyWhatKmsSaysOfTheKeyIsARefusal() {
    MasterKey key = kms(service.uri(), SECRET);
    service.refuse("alias/ostraka", "ThrottlingException", "Rate exceeded");
    assertThat(failure(key).refusal()).isEmpty();
    service.refuse("alias/ostraka", "DisabledException", "it is disabled.");
    assertThat(failure(key).refusal())
        .contains(new MasterKeyException.Refusal("DisabledException", "it is disabled."));
  }

  private static MasterKeyException failure(MasterKey key) {
    return catchThrowableOfType(
        MasterKeyException.class, () -> key.wrap(AesGcm.newKey(), "space 1"));
  }

  private static void requireWraps(MasterKey master) {
    byte[] key = AesGcm.newKey();
    Bytes wrapped = master.wrap(key, "space 1");
    assertThat(wrapped).isNotEqualTo(Bytes.wrap(key));
    assertThat(master.unwrap(wrapped, "space 1")).isEqualTo(key);
    assertThatThrownBy(() -> master.unwrap(wrapped, "space 2"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("answered 400");
  }

  private static MasterKey kms(URI uri, Secret secret) {
    RequestSigner signer =
        new RequestSigner("AKIDSERVER", secret, Optional.empty(), "eu-central-1", "kms");
    return new KmsMasterKey(uri, "alias/ostraka", signer, CLOCK);
  }

  private static MasterKey vault(URI uri, String token) {
    return new VaultMasterKey(uri, "transit", "ostraka", new Secret(token));
  }
}

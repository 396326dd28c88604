package org.ostraka.server;

import java.time.InstantSource;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyFile;
import org.ostraka.secret.MasterKeyInMemory;
import org.ostraka.secret.MasterKeyOnDemand;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.server.masterkey.KmsMasterKey;
import org.ostraka.server.masterkey.VaultMasterKey;

/** Opens master keys. Stateless. */
public final class MasterKeys {
  private MasterKeys() {}

  /**
   * Opens a master key where it is; makes the file in a data directory when it is needed.
   *
   * @throws org.ostraka.secret.MasterKeyException when it cannot be used
   */
  public static MasterKey open(MasterKeyLocation location, InstantSource clock) {
    return switch (location) {
      case MasterKeyLocation.InFile file -> MasterKeyFile.read(file.path());
      case MasterKeyLocation.InDirectory data -> new MasterKeyOnDemand(data.path());
      case MasterKeyLocation.Unnamed _ -> new MasterKeyUnnamed();
      case MasterKeyLocation.InMemory _ -> new MasterKeyInMemory(AesGcm.newKey());
      case MasterKeyLocation.InKms kms ->
          new KmsMasterKey(
              kms.endpoint(),
              kms.keyId(),
              new RequestSigner(kms.accessKeyId(), kms.secret(), kms.token(), kms.region(), "kms"),
              clock);
      case MasterKeyLocation.InVault vault ->
          new VaultMasterKey(vault.address(), vault.mount(), vault.key(), vault.token());
    };
  }
}

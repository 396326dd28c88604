package org.ostraka.server;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyFile;
import org.ostraka.secret.MasterKeyInMemory;
import org.ostraka.secret.MasterKeyOnDemand;
import org.ostraka.secret.TableKeys;
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
    // The usual case comes without a class that the switch makes (decision 9).
    if (location instanceof MasterKeyLocation.InDirectory data) {
      return new MasterKeyOnDemand(data.path());
    }
    return switch (location) {
      case MasterKeyLocation.InFile file -> MasterKeyFile.read(file.path());
      case MasterKeyLocation.InDirectory data -> new MasterKeyOnDemand(data.path());
      case MasterKeyLocation.Unnamed _ -> new MasterKeyUnnamed();
      case MasterKeyLocation.InMemory _ -> new MasterKeyInMemory(AesGcm.newKey());
      case MasterKeyLocation.InKms kms -> inKms(kms, clock);
      case MasterKeyLocation.InVault vault ->
          new VaultMasterKey(vault.address(), vault.mount(), vault.key(), vault.token());
    };
  }

  /**
   * Returns the keys that tables may name: those of the KMS that has the master key. Elsewhere the
   * master key wraps the keys of all tables, whatever they name.
   */
  public static TableKeys tableKeys(MasterKeyLocation location, InstantSource clock) {
    if (!(location instanceof MasterKeyLocation.InKms kms)) {
      return TableKeys.NONE;
    }
    KmsMasterKey master = inKms(kms, clock);
    return arn -> {
      String region = region(kms, arn);
      return Optional.of(master.with(endpoint(kms, region), arn, signer(kms, region)));
    };
  }

  private static KmsMasterKey inKms(MasterKeyLocation.InKms kms, InstantSource clock) {
    return new KmsMasterKey(kms.endpoint(), kms.keyId(), signer(kms, kms.region()), clock);
  }

  private static RequestSigner signer(MasterKeyLocation.InKms kms, String region) {
    return new RequestSigner(kms.accessKeyId(), kms.secret(), kms.token(), region, "kms");
  }

  /** Returns the region of a key, which its ARN has. */
  private static String region(MasterKeyLocation.InKms kms, String key) {
    String[] parts = key.split(":", 6);
    return parts.length == 6 ? parts[3] : kms.region();
  }

  /** Returns where a region's keys are: in AWS, each region has a KMS of its own. */
  static URI endpoint(MasterKeyLocation.InKms kms, String region) {
    URI ofMaster = inAws(kms.region());
    return kms.endpoint().equals(ofMaster) ? inAws(region) : kms.endpoint();
  }

  private static URI inAws(String region) {
    return URI.create("https://kms." + region + ".amazonaws.com");
  }
}

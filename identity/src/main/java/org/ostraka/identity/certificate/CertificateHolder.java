package org.ostraka.identity.certificate;

import java.util.Optional;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.model.AccountId;
import org.ostraka.model.Region;

/**
 * The user or role for which the holder of a certificate acts. Immutable.
 *
 * @param certificate a name that the certificate has
 * @param account the account of the user or role
 * @param kind {@link EntityKind#USER} or {@link EntityKind#ROLE}
 * @param name the name of the user or role
 * @param region the region whose tables requests name; empty for the one that the server serves
 */
public record CertificateHolder(
    CertificateName certificate,
    AccountId account,
    EntityKind kind,
    String name,
    Optional<Region> region) {
  /** Refuses what has no policies of its own. */
  public CertificateHolder {
    if (kind != EntityKind.USER && kind != EntityKind.ROLE) {
      throw new IllegalArgumentException("no user and no role: " + kind);
    }
  }
}

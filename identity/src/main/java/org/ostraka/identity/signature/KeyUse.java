package org.ostraka.identity.signature;

import java.time.Instant;

/**
 * When and for what an access key or a role was used. Immutable.
 *
 * @param time in whole seconds
 * @param service the name of the service that the credential was scoped to
 * @param region the region that it was scoped to
 */
public record KeyUse(Instant time, String service, String region) {
  public KeyUse {
    time = Instant.ofEpochSecond(time.getEpochSecond());
  }
}

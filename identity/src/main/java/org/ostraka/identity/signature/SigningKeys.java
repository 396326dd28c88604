package org.ostraka.identity.signature;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Derives signing keys from secrets: one for each day, region and service. Keeps those that have
 * signed a request, so that only who has a secret can fill the cache. Any thread.
 */
final class SigningKeys {
  private static final int MAX_KEPT = 10_000;

  private final Cache<Use, byte[]> kept = Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

  /** The use of a secret that has a signing key of its own. */
  record Use(Secret secret, String date, String region, String service) {
    static Use of(Secret secret, CredentialScope scope) {
      return new Use(secret, scope.date(), scope.regionName(), scope.service());
    }
  }

  /** Returns the signing key, which nobody may change. */
  byte[] of(Use use) {
    byte[] key = kept.getIfPresent(use);
    return key == null ? derived(use) : key;
  }

  /** Keeps a signing key that has signed a request. */
  void keep(Use use, byte[] key) {
    if (kept.getIfPresent(use) == null) {
      kept.put(use, key);
    }
  }

  private static byte[] derived(Use use) {
    byte[] ofDate = Hash.keyed(use.secret().after("AWS4"), use.date());
    byte[] ofRegion = Hash.keyed(ofDate, use.region());
    byte[] ofService = Hash.keyed(ofRegion, use.service());
    return Hash.keyed(ofService, "aws4_request");
  }
}

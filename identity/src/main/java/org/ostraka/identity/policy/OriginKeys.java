package org.ostraka.identity.policy;

import java.util.List;
import java.util.Map;
import org.ostraka.model.Origin;

/**
 * The condition keys of where a request comes from: "AWS global condition context keys", properties
 * of the network, in the IAM User Guide. Stateless.
 */
public final class OriginKeys {
  private OriginKeys() {}

  /** Puts the keys of a request's origin, as far as it is known, to others. */
  public static void put(Origin origin, Map<String, List<String>> keys) {
    origin
        .address()
        .ifPresent(address -> {
          keys.put("aws:SourceIp", List.of(withoutZone(address.getHostAddress())));
          keys.put("aws:SecureTransport", List.of(Boolean.toString(origin.isEncrypted())));
        });
    origin.userAgent().ifPresent(name -> keys.put("aws:UserAgent", List.of(name)));
  }

  /** An address of a link may have the name of the interface after it. */
  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}

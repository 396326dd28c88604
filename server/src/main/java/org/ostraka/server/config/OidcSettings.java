package org.ostraka.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What an operator says about OpenID Connect providers. Immutable.
 *
 * @param keyFiles files with the keys of providers, by their issuers
 * @param trust for connections to providers; that of the platform when absent
 */
public record OidcSettings(Map<String, Path> keyFiles, Optional<SSLContext> trust) {
  /** Providers are asked for their keys, and trusted as the platform does. */
  public static final OidcSettings NONE = new OidcSettings(Map.of(), Optional.empty());

  public OidcSettings {
    keyFiles = Map.copyOf(keyFiles);
  }
}

package org.ostraka.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ostraka.server.auth.RootKey;

/**
 * What an operator says about principals. Immutable.
 *
 * @param rootKey a root key, which is not stored
 * @param makesRootKey whether to make a root key when no principal is defined
 * @param iamFile the file of accounts
 * @param environment the variables that may have secrets of that file
 * @param oidc about OpenID Connect providers
 */
public record PrincipalSettings(
    Optional<RootKey> rootKey,
    boolean makesRootKey,
    Optional<Path> iamFile,
    Map<String, String> environment,
    OidcSettings oidc) {
  public PrincipalSettings {
    environment = Map.copyOf(environment);
  }

  /** Nothing: any credentials are taken until a principal is defined. */
  public static final PrincipalSettings NONE = ofRootKey(Optional.empty());

  /** Returns settings with at most a root key. */
  public static PrincipalSettings ofRootKey(Optional<RootKey> rootKey) {
    return new PrincipalSettings(rootKey, false, Optional.empty(), Map.of(), OidcSettings.NONE);
  }

  /** Returns whether signatures are verified from the start. */
  public boolean areDefined() {
    return rootKey.isPresent() || makesRootKey || iamFile.isPresent();
  }
}

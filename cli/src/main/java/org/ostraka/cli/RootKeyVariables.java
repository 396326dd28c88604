package org.ostraka.cli;

import java.util.Map;
import java.util.Optional;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.server.auth.RootKey;

/**
 * The environment variables that name the root key. No message shows their values: one may be in
 * the place of the other. Stateless.
 */
final class RootKeyVariables {
  static final String ID = "OSTRAKA_ROOT_ACCESS_KEY_ID";
  static final String SECRET = "OSTRAKA_ROOT_SECRET_ACCESS_KEY";

  private RootKeyVariables() {}

  /** Returns the root key; empty when neither variable is set. */
  static Optional<RootKey> read(Map<String, String> environment) {
    String id = environment.get(ID);
    String secret = environment.get(SECRET);
    if (id == null && secret == null) {
      return Optional.empty();
    }
    if (id == null || secret == null) {
      throw new BadArgumentsException(
          "%s is set, but %s is not: signatures are verified with both, or with neither"
              .formatted(secret == null ? ID : SECRET, secret == null ? SECRET : ID));
    }
    if (!RootKey.isLegalId(id)) {
      throw new BadArgumentsException(
          ID + " has to have 3 to 128 letters, digits, hyphens and underscores");
    }
    if (!RootKey.isLegalSecret(secret)) {
      throw new BadArgumentsException(
          SECRET + " has to have 8 to 256 visible ASCII characters, without blanks");
    }
    return Optional.of(RootKey.of(id, secret));
  }

  /** Returns assignments for a shell that give the AWS CLI credentials that the server takes. */
  static String credentials(Optional<RootKey> root) {
    return root.isPresent()
        ? "AWS_ACCESS_KEY_ID=$%s AWS_SECRET_ACCESS_KEY=$%s".formatted(ID, SECRET)
        : "AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local";
  }
}

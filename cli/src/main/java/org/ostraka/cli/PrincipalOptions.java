package org.ostraka.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.OstrakaServer;
import org.ostraka.server.auth.NewRootKey;
import org.ostraka.server.config.OidcSettings;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.tls.Authorities;
import org.ostraka.server.tls.BadCertificateException;

/** The options of {@code ostraka serve} about principals, and what it says of them. Stateless. */
final class PrincipalOptions {
  private static final Option<Boolean> AUTH =
      Option.flag(
          "--auth",
          "Verifies signatures. If no principal is defined yet, makes a root access key and shows it"
              + " once.");

  private static final Option<Optional<Path>> IAM_FILE =
      Option.optional(
          "--iam-file",
          Kind.path("FILE"),
          "Accounts, users, groups, roles, policies and access keys in JSON, beside those that are"
              + " stored. The file is read again when it changes.");

  private static final Option<List<Map.Entry<String, Path>>> OIDC_KEYS =
      Option.repeatable(
          "--oidc-keys",
          new Kind<>(
              "ISSUER=FILE", "the https:// URL of an issuer and a file", PrincipalOptions::keys),
          "The keys of an OpenID Connect provider (JWKS) in a file, which is read again when it"
              + " changes (default: the provider is asked); repeatable.");

  private static final Option<Optional<Path>> OIDC_CA =
      Option.optional(
          "--oidc-ca",
          Kind.path("FILE"),
          "Certificates in PEM of the authorities that OpenID Connect providers may have (default:"
              + " those of the JDK).");

  static final List<Option<?>> ALL = List.of(AUTH, IAM_FILE, OIDC_KEYS, OIDC_CA);

  private PrincipalOptions() {}

  static PrincipalSettings read(Arguments given) {
    return new PrincipalSettings(
        RootKeyVariables.read(System.getenv()),
        given.get(AUTH),
        given.get(IAM_FILE),
        System.getenv(),
        new OidcSettings(
            given.get(OIDC_KEYS).stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (_, last) -> last)),
            given.get(OIDC_CA).map(PrincipalOptions::trusting)));
  }

  private static SSLContext trusting(Path authorities) {
    try {
      return Authorities.trusting(authorities);
    } catch (BadCertificateException unusable) {
      throw new BadArgumentsException("--oidc-ca: " + unusable.reason());
    }
  }

  private static Map.Entry<String, Path> keys(String text) {
    int equals = text.lastIndexOf('=');
    if (!text.startsWith("https://") || equals < 0 || equals == text.length() - 1) {
      throw new IllegalArgumentException("not an issuer and a file");
    }
    return Map.entry(text.substring(0, equals), Path.of(text.substring(equals + 1)));
  }

  /** Returns the line that says whether signatures are verified. */
  static String mode(ServerSettings settings, OstrakaServer server) {
    if (settings.rootKey().isPresent()) {
      return "Signatures are verified; the root access key is " + settings.rootKey().get().id();
    }
    return server.verifiesSignatures()
        ? "Signatures are verified"
        : "Signatures are not verified; any credentials are taken";
  }

  /** Shows a root key, which nobody can see again. */
  static void show(NewRootKey key, PrintWriter out) {
    out.println("A root access key was made, which is shown only now:");
    out.println("AWS_ACCESS_KEY_ID=" + key.id());
    out.println("AWS_SECRET_ACCESS_KEY=" + key.secret().reveal());
  }

  /**
   * Returns assignments for a shell that give the AWS CLI credentials, as far as they are known.
   */
  static String credentials(ServerSettings settings, OstrakaServer server) {
    return settings.rootKey().isEmpty() && server.verifiesSignatures()
        ? "AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=..."
        : RootKeyVariables.credentials(settings.rootKey());
  }
}

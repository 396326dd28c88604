package org.ostraka.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ostraka.options.Arguments;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.OstrakaServer;
import org.ostraka.server.auth.NewRootKey;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.ServerSettings;

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

  static final List<Option<?>> ALL = List.of(AUTH, IAM_FILE);

  private PrincipalOptions() {}

  static PrincipalSettings read(Arguments given) {
    return new PrincipalSettings(
        RootKeyVariables.read(System.getenv()),
        given.get(AUTH),
        given.get(IAM_FILE),
        System.getenv());
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

package org.ostraka.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.identity.signature.Secret;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.config.MasterKeyLocation;

/** The option that names the master key, and the environment variables it needs. Stateless. */
final class MasterKeyOptions {
  private static final Option<Optional<String>> MASTER_KEY =
      Option.optional(
          "--master-key",
          Kind.text("LOCATION"),
          "The key that wraps all other keys: a file (its lines are keys of 32 bytes in base64; the"
              + " first wraps); kms:ARN of a key in AWS KMS (credentials as for the AWS CLI, from the"
              + " environment); or vault:URL/MOUNT/KEY of a transit engine (token in VAULT_TOKEN)"
              + " (default: the file master.key in the data directory, which is made when it is"
              + " needed; with --store there is none).");

  private static final Option<Optional<String>> KMS_ENDPOINT =
      Option.optional(
          "--kms-endpoint",
          Kind.text("URL"),
          "The URL of the key service for --master-key kms:... (default: that of AWS in the key's"
              + " region).");

  static final List<Option<?>> ALL = List.of(MASTER_KEY, KMS_ENDPOINT);

  private static final String KMS = "kms:";
  private static final String VAULT = "vault:";

  /** The region is a part of the ARN. */
  private static final Pattern KEY_ARN =
      Pattern.compile("arn:[a-z-]+:kms:([a-z0-9-]+):[0-9]{12}:(key|alias)/.+");

  private static final Pattern IN_VAULT =
      Pattern.compile("(https?://[^/]+)/([A-Za-z0-9_/-]+)/([A-Za-z0-9_.-]+)");

  private MasterKeyOptions() {}

  /**
   * Returns where the master key is.
   *
   * @param otherwise where it is if nothing is said
   * @param environment the environment variables
   */
  static MasterKeyLocation read(
      Arguments given, MasterKeyLocation otherwise, Map<String, String> environment) {
    Optional<String> text = given.get(MASTER_KEY);
    if (given.get(KMS_ENDPOINT).isPresent() && !text.orElse("").startsWith(KMS)) {
      throw new BadArgumentsException("--kms-endpoint needs --master-key kms:...");
    }
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().startsWith(KMS)) {
      return inKms(
          text.get().substring(KMS.length()),
          given.get(KMS_ENDPOINT).map(url -> ServeCommand.endpoint("--kms-endpoint", url)),
          environment);
    }
    if (text.get().startsWith(VAULT)) {
      return inVault(text.get().substring(VAULT.length()), environment);
    }
    return new MasterKeyLocation.InFile(Path.of(text.get()));
  }

  private static MasterKeyLocation inKms(
      String key, Optional<URI> endpoint, Map<String, String> environment) {
    Matcher arn = KEY_ARN.matcher(key);
    if (!arn.matches()) {
      throw new BadArgumentsException(
          "--master-key kms: needs the ARN of a key or an alias, not: " + key);
    }
    String region = arn.group(1);
    return new MasterKeyLocation.InKms(
        endpoint.orElseGet(() -> URI.create("https://kms." + region + ".amazonaws.com")),
        key,
        region,
        required(environment, "AWS_ACCESS_KEY_ID"),
        new Secret(required(environment, "AWS_SECRET_ACCESS_KEY")),
        Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).map(Secret::new));
  }

  private static MasterKeyLocation inVault(String location, Map<String, String> environment) {
    Matcher parts = IN_VAULT.matcher(location);
    if (!parts.matches()) {
      throw new BadArgumentsException(
          "--master-key vault: is like vault:https://vault.example:8200/transit/ostraka, not: "
              + location);
    }
    return new MasterKeyLocation.InVault(
        URI.create(parts.group(1)),
        parts.group(2),
        parts.group(3),
        new Secret(required(environment, "VAULT_TOKEN")));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new BadArgumentsException("--master-key needs the environment variable " + name);
    }
    return value;
  }
}

package org.ostraka.engine.encryption;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.Owner;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.EncryptionSpecification;

/**
 * Finds the key that a request names. Immutable.
 *
 * <p>Without a key service, keys that are named by their id or ARN are taken as given (decision
 * 30). The only alias is that of the key that the service manages. and
 * Q-461 measured the texts (October 2026).
 *
 * @param requestId the id of a request to the key service, which its messages show
 * @param problem why the key that the request names cannot be used
 */
public record EncryptionKeys(UUID requestId, Optional<KeyProblem> problem) {
  private static final String MANAGED_ALIAS = "alias/aws/dynamodb";
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:kms:(?<region>[^:]*):(?<account>[^:]*):(?<name>.*)");
  private static final Pattern KEY_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}");

  /**
   * Asks the key service about the key that a request names. What it says is thrown only by {@link
   * EncryptionChange}, where the service checks keys.
   */
  public static EncryptionKeys asked(
      UUID requestId, KeyAccess access, Owner owner, @Nullable EncryptionSpecification wanted) {
    EncryptionKeys keys = new EncryptionKeys(requestId, Optional.empty());
    if (wanted == null || !EncryptionRules.asksForKey(wanted)) {
      return keys;
    }
    String arn;
    try {
      arn = keys.arn(owner, wanted.keyId());
    } catch (ApiException _) {
      // The name is refused again where the request is checked.
      return keys;
    }
    return isManaged(owner, arn) ? keys : new EncryptionKeys(requestId, access.problem(arn));
  }

  /** Returns whether a key is the one that the service manages for an owner. */
  public static boolean isManaged(Owner owner, String arn) {
    return managedKey(owner).equals(arn);
  }

  /**
   * Returns the ARN of the key of a table that its owner chose; empty when the table has the
   * default encryption, or the key that the service manages.
   */
  public static Optional<String> chosen(TableDescription table) {
    return table
        .encryption()
        .flatMap(EncryptionDescription::keyArn)
        .filter(arn -> !isManaged(table.arn().owner(), arn));
  }

  /** Returns the ARN of the key that a request names, which can be used. */
  String usable(Owner owner, @Nullable String keyId) {
    String arn = arn(owner, keyId);
    problem.ifPresent(why -> {
      throw why.error(requestId);
    });
    return arn;
  }

  /**
   * Returns the ARN of a key.
   *
   * @param owner the owner of the table
   * @param keyId the id, ARN or alias of the key; null for the key that the service manages
   */
  String arn(Owner owner, @Nullable String keyId) {
    return arn(owner, keyId, "");
  }

  /**
   * Returns the ARN of the key of a replica; an id or alias is one of the replica's region.
   *
   * @param owner the owner of the replica
   */
  public String arnOfReplica(Owner owner, String keyId) {
    return arn(owner, keyId, " for region " + owner.region());
  }

  private String arn(Owner owner, @Nullable String keyId, String where) {
    Matcher arn = ARN.matcher(keyId == null ? MANAGED_ALIAS : keyId);
    if (!arn.matches()) {
      return named(owner, keyId == null ? MANAGED_ALIAS : keyId, where);
    }
    if (!arn.group("region").equals(owner.region().value())) {
      throw notFound("Invalid arn " + arn.group("region"), where);
    }
    if (!arn.group("account").equals(owner.account().value())) {
      throw new AccessDeniedException(
          "KMS key access denied error: " + keyId + " belongs to another account");
    }
    String name = arn.group("name");
    return named(owner, name.startsWith("key/") ? name.substring("key/".length()) : name, where);
  }

  /** Returns the ARN of the key that the service manages for an owner. */
  public static String managedKey(Owner owner) {
    return "arn:aws:kms:" + owner.region() + ":" + owner.account() + ":key/" + managed(owner);
  }

  /** Returns the ARN of a key of the owner by its id or alias. */
  private String named(Owner owner, String name, String where) {
    String prefix = "arn:aws:kms:" + owner.region() + ":" + owner.account() + ":";
    if (name.equals(MANAGED_ALIAS)) {
      return prefix + "key/" + managed(owner);
    }
    if (name.startsWith("alias/")) {
      throw notFound("Alias " + prefix + name + " is not found.", where);
    }
    if (!KEY_ID.matcher(name).matches()) {
      throw notFound("Key '" + prefix + "key/" + name + "' does not exist", where);
    }
    return prefix + "key/" + name;
  }

  /** Returns the id of the key that the service manages for an account in a region. */
  private static UUID managed(Owner owner) {
    String name = MANAGED_ALIAS + " " + owner.account() + " " + owner.region();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private ValidationException notFound(String problem, String where) {
    return new ValidationException(
        "KMS validation error"
            + where
            + ": com.amazonaws.services.kms.model.NotFoundException: "
            + problem
            + " (Service: AWSKMS; Status Code: 400; Error Code: NotFoundException; Request ID: "
            + requestId
            + "; Proxy: null)");
  }
}

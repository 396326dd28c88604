package org.ostraka.engine.encoding;

import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.storage.CorruptDataException;

/**
 * Principals as text, as records of changes store them. Part of the format on disk. Stateless.
 *
 * <pre>
 * key:ACCESS-KEY
 * service:NAME
 * root:ACCOUNT:ACCESS-KEY
 * user:ACCOUNT:ACCESS-KEY:USER-ID:/PATH/NAME
 * role:ACCOUNT:ACCESS-KEY:ROLE-ID:SESSION:/PATH/NAME
 * federated:ACCOUNT:ACCESS-KEY:USER-ID:FEDERATED-NAME:/PATH/NAME
 * </pre>
 *
 * <p>Only a path may have colons.
 */
public final class PrincipalText {
  private static final String ACCESS_KEY = "key";
  private static final String SERVICE = "service";
  private static final String ROOT = "root";
  private static final String USER = "user";
  private static final String ROLE = "role";
  private static final String FEDERATED = "federated";

  private PrincipalText() {}

  public static String of(Principal principal) {
    return switch (principal) {
      case Principal.AccessKey(String id) -> text(ACCESS_KEY, id);
      case Principal.Service(String name) -> text(SERVICE, name);
      case Principal.Root(AccountId account, String key) -> text(ROOT, account.value(), key);
      case Principal.User user ->
          text(
              USER,
              user.account().value(),
              user.accessKeyId(),
              user.id(),
              user.path() + user.name());
      case Principal.RoleSession role ->
          text(
              ROLE,
              role.account().value(),
              role.accessKeyId(),
              role.roleId(),
              role.session(),
              role.path() + role.role());
      case Principal.FederatedUser federated ->
          text(
              FEDERATED,
              federated.account().value(),
              federated.accessKeyId(),
              federated.userId(),
              federated.name(),
              federated.path() + federated.user());
    };
  }

  private static String text(String... parts) {
    return String.join(":", parts);
  }

  /**
   * Returns the principal of a text.
   *
   * @throws CorruptDataException when the text is not one that {@link #of} returns
   */
  public static Principal principal(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw unknown();
    }
    String rest = text.substring(colon + 1);
    return switch (text.substring(0, colon)) {
      case ACCESS_KEY -> new Principal.AccessKey(rest);
      case SERVICE -> new Principal.Service(rest);
      case ROOT -> {
        String[] parts = parts(rest, 2);
        yield new Principal.Root(account(parts[0]), parts[1]);
      }
      case USER -> {
        String[] parts = parts(rest, 4);
        yield new Principal.User(
            account(parts[0]), parts[1], parts[2], path(parts[3]), name(parts[3]));
      }
      case ROLE -> {
        String[] parts = parts(rest, 5);
        yield new Principal.RoleSession(
            account(parts[0]), parts[1], parts[2], path(parts[4]), name(parts[4]), parts[3]);
      }
      case FEDERATED -> {
        String[] parts = parts(rest, 5);
        yield new Principal.FederatedUser(
            account(parts[0]), parts[1], parts[2], path(parts[4]), name(parts[4]), parts[3]);
      }
      default -> throw unknown();
    };
  }

  private static String[] parts(String text, int count) {
    String[] parts = text.split(":", count);
    if (parts.length != count) {
      throw unknown();
    }
    return parts;
  }

  private static AccountId account(String text) {
    if (!AccountId.isLegal(text)) {
      throw unknown();
    }
    return new AccountId(text);
  }

  private static String path(String pathAndName) {
    return pathAndName.substring(0, pathAndName.lastIndexOf('/') + 1);
  }

  private static String name(String pathAndName) {
    return pathAndName.substring(pathAndName.lastIndexOf('/') + 1);
  }

  private static CorruptDataException unknown() {
    return new CorruptDataException("a stored principal is of no known kind");
  }
}

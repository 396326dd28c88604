package org.ostraka.engine.iam;

import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;

/**
 * Who sends a request, as GetCallerIdentity tells it. Immutable.
 *
 * @param userId the id that stays the same when the identity is renamed; the account of its root
 */
public record CallerIdentity(AccountId account, String arn, String userId) {
  /** Returns the identity of a caller. */
  public static CallerIdentity of(Caller caller) {
    AccountId account = caller.owner().account();
    String iam = "arn:aws:iam::" + account + ":";
    String sts = "arn:aws:sts::" + account + ":";
    return switch (caller.principal()) {
      case Principal.AccessKey _, Principal.Root _ ->
          new CallerIdentity(account, iam + "root", account.value());
      case Principal.User user ->
          new CallerIdentity(account, iam + "user" + user.path() + user.name(), user.id());
      case Principal.RoleSession role ->
          new CallerIdentity(
              account,
              sts + "assumed-role/" + role.role() + "/" + role.session(),
              role.roleId() + ":" + role.session());
      case Principal.FederatedUser user ->
          new CallerIdentity(
              account, sts + "federated-user/" + user.name(), account + ":" + user.name());
      case Principal.Service service ->
          throw new IllegalArgumentException(service.name() + " sends no requests");
    };
  }
}

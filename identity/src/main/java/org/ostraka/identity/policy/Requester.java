package org.ostraka.identity.policy;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.AccountId;

/** The identity that makes a request, as policies name it. Immutable. */
public sealed interface Requester {
  /** Returns the ARN, or the name that stands for it, which messages show. */
  String arn();

  /** Returns the account that the identity belongs to; services belong to none. */
  Optional<AccountId> account();

  /** The root user of an account. */
  record Root(AccountId id) implements Requester {
    @Override
    public String arn() {
      return "arn:aws:iam::" + id + ":root";
    }

    @Override
    public Optional<AccountId> account() {
      return Optional.of(id);
    }
  }

  /** A user, by its ARN. */
  record User(AccountId id, String arn) implements Requester {
    @Override
    public Optional<AccountId> account() {
      return Optional.of(id);
    }
  }

  /**
   * Someone who has assumed a role.
   *
   * @param roleArn the role's ARN
   * @param arn the session's ARN
   */
  record RoleSession(AccountId id, String roleArn, String arn) implements Requester {
    @Override
    public Optional<AccountId> account() {
      return Optional.of(id);
    }
  }

  /**
   * A session that a user has federated.
   *
   * @param userArn the user's ARN
   * @param arn the session's ARN
   */
  record FederatedUser(AccountId id, String userArn, String arn) implements Requester {
    @Override
    public Optional<AccountId> account() {
      return Optional.of(id);
    }
  }

  /**
   * Someone whom an OpenID Connect provider has identified, and who is about to assume a role.
   *
   * @param id the account that has the provider
   * @param arn the provider's ARN
   */
  record WebIdentity(AccountId id, String arn) implements Requester {
    @Override
    public Optional<AccountId> account() {
      return Optional.of(id);
    }
  }

  /** An AWS service, by a name such as {@code lambda.amazonaws.com}. */
  record Service(String name) implements Requester {
    @Override
    public String arn() {
      return name;
    }

    @Override
    public Optional<AccountId> account() {
      return Optional.empty();
    }
  }

  /** Returns the ARN of the role or user whose permissions a session has; empty if it is none. */
  default Optional<String> sourceArn() {
    return switch (this) {
      case RoleSession session -> Optional.of(session.roleArn());
      case FederatedUser session -> Optional.of(session.userArn());
      case Root _, User _, WebIdentity _, Service _ -> Optional.empty();
    };
  }

  /** Returns the levels by which a NotPrincipal element must name the identity to spare it. */
  default List<Grant> levels() {
    return switch (this) {
      case Root _ -> List.of(Grant.TO_ACCOUNT);
      case User _ -> List.of(Grant.TO_ACCOUNT, Grant.TO_IDENTITY);
      case RoleSession _, FederatedUser _ ->
          List.of(Grant.TO_ACCOUNT, Grant.TO_SOURCE, Grant.TO_IDENTITY);
      case WebIdentity _, Service _ -> List.of(Grant.TO_IDENTITY);
    };
  }
}

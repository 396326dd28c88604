package org.ostraka.model;

/** The sender of a request. Immutable. */
public sealed interface Principal {
  /**
   * A client that states an access key, whose signature was not verified.
   *
   * @param id the key's id as stated in the request's credential
   */
  record AccessKey(String id) implements Principal {}

  /**
   * The root user of an account.
   *
   * @param accessKeyId the access key that signed the request
   */
  record Root(AccountId account, String accessKeyId) implements Principal {}

  /**
   * A user of an account.
   *
   * @param accessKeyId the access key that signed the request
   * @param id the user's unique id, such as {@code AIDA...}
   * @param path the user's path, which begins and ends with a slash
   * @param name the user's name
   */
  record User(AccountId account, String accessKeyId, String id, String path, String name)
      implements Principal {}

  /**
   * Someone who has assumed a role of an account.
   *
   * @param accessKeyId the access key of the session
   * @param roleId the role's unique id, such as {@code AROA...}
   * @param path the role's path, which begins and ends with a slash
   * @param role the role's name
   * @param session the name of the session
   */
  record RoleSession(
      AccountId account,
      String accessKeyId,
      String roleId,
      String path,
      String role,
      String session)
      implements Principal {}

  /**
   * Someone whom a user of an account has federated.
   *
   * @param accessKeyId the access key of the session
   * @param userId the user's unique id
   * @param path the user's path
   * @param user the user's name
   * @param name the name of the federated user
   */
  record FederatedUser(
      AccountId account, String accessKeyId, String userId, String path, String user, String name)
      implements Principal {}

  /**
   * A part of the server that acts on its own account, such as the expiry of items.
   *
   * @param name the name by which the service API knows it, such as {@code dynamodb.amazonaws.com}
   */
  record Service(String name) implements Principal {
    /** The service that deletes expired items: "DynamoDB Streams and Time to Live". */
    public static final Service EXPIRY = new Service("dynamodb.amazonaws.com");

    /** The server itself, as the actor of changes that no caller requested. */
    public static final Service SERVER = new Service("ostraka");

    /** The replication between regions, as the actor of changes that were made elsewhere. */
    public static final Service REPLICATION = new Service("replication.dynamodb.amazonaws.com");
  }
}

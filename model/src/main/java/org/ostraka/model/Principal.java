package org.ostraka.model;

/** The sender of a request. Immutable. */
public sealed interface Principal {
  /**
   * A client that signs with an access key.
   *
   * @param id the key's id as stated in the request's credential, which is verified if the server
   *     verifies signatures
   */
  record AccessKey(String id) implements Principal {}

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
  }
}

package org.ostraka.model;

/** Who asks for an operation. Immutable. */
public sealed interface Principal {
  /**
   * Whoever signs with an access key.
   *
   * @param id the key's id as the request's credential has it, which is not verified
   */
  record AccessKey(String id) implements Principal {}

  /**
   * A part of the server that acts on its own account, such as the expiry of items.
   *
   * @param name the name by which the service API knows it, such as {@code dynamodb.amazonaws.com}
   */
  record Service(String name) implements Principal {}
}

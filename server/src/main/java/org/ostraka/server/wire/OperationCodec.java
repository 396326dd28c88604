package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;

/**
 * Reads the requests of an operation and writes its responses. Stateless.
 *
 * @param <Q> the operation's request
 * @param <R> the operation's response
 */
interface OperationCodec<Q, R> {
  /** Returns the request's members, in the order in which the service checks them. */
  Shape.Structure shape();

  /** Throws the errors that the service checks before constraints. */
  default void checkFirst(Members members) {}

  /**
   * Returns the members to check first and all together, for a request that the service's newer
   * layer does not accept and its older layer answers; empty for other requests.
   *
   * @param deep whether values are nested far beyond the limit
   */
  default Optional<Shape.Structure> olderShape(Members members, boolean deep) {
    return Optional.empty();
  }

  /** Returns whether the operation only reads items, so that a request may be repeated. */
  default boolean onlyReads() {
    return false;
  }

  /** Returns whether the request of this response only read items. */
  default boolean onlyRead(R response) {
    return onlyReads();
  }

  /** Returns the members whose constraints are checked first, each alone, in order. */
  default List<String> checkedAlone() {
    return List.of();
  }

  /**
   * Returns the members whose constraints are checked together, after {@link #checkedAlone} and
   * before all others.
   */
  default List<String> checkedFirst() {
    return List.of();
  }

  /** Throws the errors that the service checks after constraints and before attribute values. */
  default void checkBeforeValues(Members members) {}

  /** Returns the text before the message about a bad attribute value. */
  default String valuePrefix() {
    return "";
  }

  /** Returns the wording of messages about bad attribute values. */
  default ValueWording valueWording() {
    return ValueWording.NEWER;
  }

  /** Makes the request from members that satisfy their constraints. */
  Q request(Members members, RequestHead head);

  /** Returns whether responses have an empty body, and not an object without members. */
  default boolean answersNothing() {
    return false;
  }

  /** Writes the members of the response into an open object. */
  void response(R response, JsonOutput json);
}

package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;

/**
 * One operation on the wire. Stateless.
 *
 * @param <Q> the operation's request
 * @param <R> the operation's response
 */
interface OperationCodec<Q, R> {
  /** The request's members, in the order in which the service checks them. */
  Shape.Structure shape();

  /** Throws what the service answers before it looks at constraints. */
  default void checkFirst(Members members) {}

  /**
   * The members as the service's older layer checks them, all together and before anything else, in
   * a request that the newer one does not take; nothing for others.
   *
   * @param deep whether values are nested far beyond what is allowed
   */
  default Optional<Shape.Structure> olderShape(Members members, boolean deep) {
    return Optional.empty();
  }

  /** Whether the operation only ever reads items, so that it may be asked for again. */
  default boolean onlyReads() {
    return false;
  }

  /** Whether a request that was answered so has only read items. */
  default boolean onlyRead(R response) {
    return onlyReads();
  }

  /** The members whose breach of a constraint is told alone and before all others, in order. */
  default List<String> toldAlone() {
    return List.of();
  }

  /** The members whose breaches of constraints are told together and before all others. */
  default List<String> toldFirst() {
    return List.of();
  }

  /** Throws what the service answers after constraints and before attribute values. */
  default void checkBeforeValues(Members members) {}

  /** What comes before the message of a bad attribute value. */
  default String valuePrefix() {
    return "";
  }

  /** How the operation words what is wrong with an attribute value. */
  default ValueWording valueWording() {
    return ValueWording.NEWER;
  }

  /** The request, from members that have passed their constraints. */
  Q request(Members members, RequestHead head);

  /** Writes the members of the response, within an object that is open. */
  void response(R response, JsonOutput json);
}

package org.ostraka.server.wire;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * An operation of auto scaling on the wire. Immutable.
 *
 * @param reading makes the request from members that satisfy their constraints
 * @param writing writes the members of the response
 */
record ScalingCodec<Q, R>(
    Shape.Structure shape, Function<Members, Q> reading, BiConsumer<R, JsonOutput> writing)
    implements OperationCodec<Q, R> {
  /** Makes the codec of an operation whose response has no members. */
  static <Q, R> ScalingCodec<Q, R> withoutAnswer(
      Shape.Structure shape, Function<Members, Q> reading) {
    return new ScalingCodec<>(shape, reading, (_, _) -> {});
  }

  @Override
  public Q request(Members members, RequestHead head) {
    return reading.apply(members);
  }

  @Override
  public void response(R response, JsonOutput json) {
    writing.accept(response, json);
  }
}

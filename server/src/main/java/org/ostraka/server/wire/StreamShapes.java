package org.ostraka.server.wire;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.operation.StreamSpecification;

/** Shapes of requests about streams, and what they say. Stateless. */
final class StreamShapes {
  private static final int MIN_ARN_CHARS = 37;
  private static final int MAX_ARN_CHARS = 1_024;
  private static final int MIN_SHARD_CHARS = 28;
  private static final int MAX_SHARD_CHARS = 65;

  /** A stream's ARN. */
  static final Shape ARN =
      new Shape.Text(TextRule.atLeast(MIN_ARN_CHARS), TextRule.atMost(MAX_ARN_CHARS));

  /** A shard's id. */
  static final Shape SHARD =
      new Shape.Text(TextRule.atLeast(MIN_SHARD_CHARS), TextRule.atMost(MAX_SHARD_CHARS));

  /** What a request says of a table's stream. */
  static final Shape.Structure SPECIFICATION =
      new Shape.Structure(
          "StreamSpecification",
          Shape.Member.required("StreamEnabled", Shapes.FLAG),
          Shape.Member.optional(
              "StreamViewType",
              new Shape.Text(
                  TextRule.oneOf("OLD_IMAGE", "KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE"))));

  private StreamShapes() {}

  /** Returns what a request says of the table's stream; null when it says nothing. */
  static @Nullable StreamSpecification specification(Members request) {
    Members stream = request.structure("StreamSpecification");
    return stream == null
        ? null
        : new StreamSpecification(
            stream.isTrue("StreamEnabled"), stream.word("StreamViewType", StreamViewType.class));
  }
}

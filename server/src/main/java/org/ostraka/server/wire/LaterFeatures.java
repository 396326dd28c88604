package org.ostraka.server.wire;

import org.ostraka.model.error.ValidationException;

/**
 * Members for features that Ostraka does not have yet. They are accepted with values that ask for
 * nothing: no stream. Stateless.
 *
 * <p>The texts are those of finding Q-442 (October 2026; docs/compatibility.md explains these
 * sources).
 */
final class LaterFeatures {
  private static final Shape.Structure STREAM_SPECIFICATION =
      new Shape.Structure(
          "StreamSpecification",
          Shape.Member.required("StreamEnabled", Shapes.FLAG),
          Shape.Member.optional(
              "StreamViewType",
              new Shape.Text(
                  TextRule.oneOf("OLD_IMAGE", "KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE"))));

  static final Shape.Member STREAM =
      Shape.Member.laterUnless(
          "StreamSpecification",
          STREAM_SPECIFICATION,
          value -> !((Members) value).isTrue("StreamEnabled"));

  private LaterFeatures() {}

  /** Refuses details of a stream that the request switches off. */
  static void refuseContradictions(Members request) {
    Members stream = request.structure("StreamSpecification");
    if (stream != null && stream.text("StreamViewType") != null) {
      throw ValidationException.ofParameters(
          "Table is being created with a stream disabled, UpdateViewType should not be specified");
    }
  }
}

package org.ostraka.server.wire;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.error.ValidationException;

/**
 * Members for features that Ostraka does not have yet. They are accepted with values that ask for
 * nothing: no stream, the default encryption, no warm throughput. Stateless.
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

  private static final Shape.Structure ENCRYPTION_SPECIFICATION =
      new Shape.Structure(
          "SSESpecification",
          Shape.Member.optional("Enabled", Shapes.FLAG),
          Shape.Member.optional("SSEType", new Shape.Text(TextRule.oneOf("AES256", "KMS"))),
          Shape.Member.optional("KMSMasterKeyId", new Shape.Text(TextRule.atLeast(1))));

  static final Shape.Member STREAM =
      Shape.Member.laterUnless(
          "StreamSpecification",
          STREAM_SPECIFICATION,
          value -> !((Members) value).isTrue("StreamEnabled"));

  static final Shape.Member ENCRYPTION =
      Shape.Member.laterUnless(
          "SSESpecification",
          ENCRYPTION_SPECIFICATION,
          value ->
              ((Members) value).values().isEmpty()
                  || Boolean.FALSE.equals(((Members) value).flag("Enabled")));

  /**
   * An empty structure counts as absent, for a table and for an index that is created with it
   * (Q-457).
   */
  static final Shape.Member WARM_THROUGHPUT =
      Shape.Member.laterUnless(
          "WarmThroughput",
          new Shape.Structure(
              "WarmThroughput",
              Shape.Member.optional("ReadUnitsPerSecond", Shape.Whole.ANY),
              Shape.Member.optional("WriteUnitsPerSecond", Shape.Whole.ANY)),
          value -> ((Members) value).values().isEmpty());

  private LaterFeatures() {}

  /** Refuses details of a stream or an encryption that the request switches off. */
  static void refuseContradictions(Members request) {
    Members stream = request.structure("StreamSpecification");
    if (stream != null && stream.text("StreamViewType") != null) {
      throw ValidationException.ofParameters(
          "Table is being created with a stream disabled, UpdateViewType should not be specified");
    }
    Members encryption = request.structure("SSESpecification");
    refuseDetail(encryption, "SSEType");
    refuseDetail(encryption, "KMSMasterKeyId");
  }

  private static void refuseDetail(@Nullable Members encryption, String name) {
    if (encryption != null && encryption.text(name) != null) {
      throw ValidationException.ofParameters(name + " can not be specified if Enabled is false");
    }
  }
}

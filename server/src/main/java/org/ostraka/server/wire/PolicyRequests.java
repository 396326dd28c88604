package org.ostraka.server.wire;

import org.ostraka.model.Limits;

/** The common parts of the requests about policies. Stateless. */
final class PolicyRequests {
  /** The policy itself, whose size the engine limits. */
  static final Shape POLICY = new Shape.Text();

  static final Shape.Member EXPECTED_REVISION =
      Shape.Member.optional(
          "ExpectedRevisionId",
          new Shape.Text(TextRule.atLeast(1), TextRule.atMost(Limits.POLICY_REVISION_ID_CHARS)));

  private PolicyRequests() {}
}

package org.ostraka.server.query;

import java.util.List;
import org.ostraka.engine.iam.Simulation;
import org.ostraka.identity.policy.Explanation;
import org.ostraka.identity.policy.PolicyKind;
import org.ostraka.identity.policy.StatementOutcome;
import org.ostraka.identity.policy.Verdict;
import org.ostraka.identity.wire.StatementPositions;
import org.ostraka.identity.wire.StatementPositions.Position;

/**
 * The result of one simulated request, as answers have it: "EvaluationResult" in the IAM API
 * Reference. Immutable.
 *
 * <p>A result for one named resource tells missing keys in its part for that resource, and how the
 * kinds of policies contribute only when they belong to two accounts.
 */
record SimulationXml(
    Simulation simulation, String action, String resource, Explanation explanation) {
  private static final String IDENTITY = "IAM Policy";
  private static final String RESOURCE = "Resource Policy";

  void write(XmlWriter xml) {
    boolean isNamed = !resource.equals("*");
    xml.element("EvalActionName", action)
        .element("EvalResourceName", resource)
        .element("EvalDecision", decision(explanation.verdict()));
    matched(xml);
    xml.texts("MissingContextValues", isNamed ? List.of() : simulation.missingKeys());
    details(xml, isNamed);
    boundary(xml);
    if (isNamed) {
      xml.list("ResourceSpecificResults", List.of(resource), _ -> ofResource(xml));
    }
  }

  private void ofResource(XmlWriter xml) {
    xml.element("EvalResourceName", resource)
        .element("EvalResourceDecision", decision(explanation.verdict()));
    matched(xml);
    xml.texts("MissingContextValues", simulation.missingKeys());
    details(xml, true);
    boundary(xml);
  }

  private void matched(XmlWriter xml) {
    xml.list("MatchedStatements", explanation.determining(), outcome -> statement(xml, outcome));
  }

  private void statement(XmlWriter xml, StatementOutcome outcome) {
    String policy = outcome.statement().policy();
    xml.element("SourcePolicyId", policy)
        .element("SourcePolicyType", outcome.kind() == PolicyKind.RESOURCE ? RESOURCE : IDENTITY);
    simulation
        .text(policy)
        .map(text -> StatementPositions.of(text).get(outcome.statement().index()))
        .ifPresent(extent -> {
          position(xml, "StartPosition", extent.start());
          position(xml, "EndPosition", extent.end());
        });
  }

  private static void position(XmlWriter xml, String name, Position position) {
    xml.element(
        name,
        _ ->
            xml.element("Line", Integer.toString(position.line()))
                .element("Column", Integer.toString(position.column())));
  }

  private void details(XmlWriter xml, boolean isNamed) {
    if (!isNamed) {
      return;
    }
    xml.element(
        "EvalDecisionDetails",
        _ -> {
          if (!explanation.isWithinAccount()) {
            detail(xml, IDENTITY, PolicyKind.IDENTITY);
            detail(xml, RESOURCE, PolicyKind.RESOURCE);
          }
        });
  }

  private void detail(XmlWriter xml, String name, PolicyKind kind) {
    xml.element(
        "entry", _ -> xml.element("key", name).element("value", decision(explanation.part(kind))));
  }

  private void boundary(XmlWriter xml) {
    if (explanation.present().contains(PolicyKind.BOUNDARY)) {
      boolean allows = explanation.part(PolicyKind.BOUNDARY) == Explanation.Part.ALLOWED;
      xml.element(
          "PermissionsBoundaryDecisionDetail",
          _ -> xml.element("AllowedByPermissionsBoundary", Boolean.toString(allows)));
    }
  }

  private static String decision(Verdict verdict) {
    return switch (verdict.outcome()) {
      case ALLOWED -> "allowed";
      case EXPLICITLY_DENIED -> "explicitDeny";
      case NOT_ALLOWED -> "implicitDeny";
    };
  }

  private static String decision(Explanation.Part part) {
    return switch (part) {
      case ALLOWED -> "allowed";
      case EXPLICITLY_DENIED -> "explicitDeny";
      case NOT_ALLOWED -> "implicitDeny";
    };
  }
}

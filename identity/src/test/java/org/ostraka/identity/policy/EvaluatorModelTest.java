package org.ostraka.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.identity.wire.PolicyReader;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.testkit.random.RandomCase;

/** The evaluator and a naive one agree on random policies and requests. */
final class EvaluatorModelTest {
  private static final int RUNS = 100_000;

  /** An explanation takes longer to check than a verdict: each statement is judged alone. */
  private static final int RUNS_PER_EXPLANATION = 4;

  @Test
  void bothEvaluatorsAgree(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    Map<String, Integer> verdicts = new TreeMap<>();
    for (int run = 0; run < RUNS; run++) {
      RandomPolicies policies = new RandomPolicies(random.branch(run));
      String verdict = compare(policies, run % RUNS_PER_EXPLANATION == 0, random.command());
      verdicts.merge(verdict, 1, Integer::sum);
    }
    // Random policies are of use only if every answer occurs.
    assertThat(verdicts.keySet())
        .containsExactlyInAnyOrder(
            "allowed",
            "allowed IDENTITY",
            "allowed RESOURCE",
            "denied BOUNDARY",
            "denied IDENTITY",
            "denied RESOURCE",
            "denied SESSION",
            "missing BOUNDARY",
            "missing IDENTITY",
            "missing RESOURCE",
            "missing SESSION");
  }

  private static String compare(RandomPolicies policies, boolean explains, String command) {
    AuthorizationRequest request = policies.request();
    List<RawPolicy> identity = policies.policies(2);
    Optional<RawPolicy> boundary = policies.optional(false);
    List<RawPolicy> session = policies.policies(1);
    Optional<RawPolicy> resource = policies.optional(true);
    Policies all =
        new Policies(
            read(identity, PolicyUse.IDENTITY),
            read(boundary.stream().toList(), PolicyUse.IDENTITY).stream().findFirst(),
            read(session, PolicyUse.IDENTITY),
            read(resource.stream().toList(), PolicyUse.RESOURCE).stream().findFirst());
    Verdict verdict = Evaluator.evaluate(request, all);
    if (explains) {
      requireExplained(request, all, verdict, command);
    }
    String naive = new NaiveEvaluator(request, identity, boundary, session, resource).verdict();
    assertThat(text(verdict))
        .as(
            "%s of %s on %s\nidentity %s\nboundary %s\nsession %s\nresource %s\nrepeat with: %s",
            request.requester(),
            request.action(),
            request.resource(),
            identity,
            boundary,
            session,
            resource,
            command)
        .isEqualTo(naive);
    return naive;
  }

  /** The explanation says the same as the verdict, and of each statement what it does. */
  private static void requireExplained(
      AuthorizationRequest request, Policies policies, Verdict verdict, String command) {
    Explanation explanation = Evaluator.explain(request, policies);
    assertThat(explanation.verdict()).as(command).isEqualTo(verdict);
    for (StatementOutcome outcome : explanation.outcomes()) {
      Policies alone = alone(policies, outcome);
      Verdict byItself = Evaluator.evaluate(request, alone);
      boolean denies = outcome.applies() && outcome.effect() == Effect.DENY;
      assertThat(byItself.outcome() == Verdict.Outcome.EXPLICITLY_DENIED)
          .as("%s %s repeat with: %s", outcome, request, command)
          .isEqualTo(denies);
      if (outcome.kind() == PolicyKind.IDENTITY && explanation.isWithinAccount()) {
        boolean allows = outcome.applies() && outcome.effect() == Effect.ALLOW;
        boolean isRoot = request.requester() instanceof Requester.Root;
        assertThat(byItself.isAllowed())
            .as("%s %s repeat with: %s", outcome, request, command)
            .isEqualTo(allows || (isRoot && !denies));
      }
    }
    verdict
        .kind()
        .ifPresent(kind ->
            assertThat(explanation.part(kind))
                .as("%s repeat with: %s", explanation, command)
                .isEqualTo(
                    switch (verdict.outcome()) {
                      case ALLOWED -> Explanation.Part.ALLOWED;
                      case EXPLICITLY_DENIED -> Explanation.Part.EXPLICITLY_DENIED;
                      case NOT_ALLOWED -> Explanation.Part.NOT_ALLOWED;
                    }));
    verdict
        .statement()
        .ifPresent(statement ->
            assertThat(explanation.determining())
                .as(command)
                .extracting(StatementOutcome::statement)
                .contains(statement));
  }

  /** Returns only the statement of an outcome, in the same kind of policy. */
  private static Policies alone(Policies policies, StatementOutcome outcome) {
    AttachedPolicy policy =
        policies.of(outcome.kind()).stream()
            .filter(each -> each.name().equals(outcome.statement().policy()))
            .findFirst()
            .orElseThrow();
    AttachedPolicy alone =
        new AttachedPolicy(
            policy.name(),
            new PolicyDocument(
                policy.document().version(),
                Optional.empty(),
                List.of(policy.document().statements().get(outcome.statement().index()))));
    return switch (outcome.kind()) {
      case IDENTITY -> new Policies(List.of(alone), Optional.empty(), List.of(), Optional.empty());
      case BOUNDARY -> new Policies(List.of(), Optional.of(alone), List.of(), Optional.empty());
      case SESSION -> new Policies(List.of(), Optional.empty(), List.of(alone), Optional.empty());
      case RESOURCE -> Policies.NONE.withResource(Optional.of(alone));
    };
  }

  private static List<AttachedPolicy> read(List<RawPolicy> policies, PolicyUse use) {
    return IntStream.range(0, policies.size())
        .mapToObj(i -> new AttachedPolicy("p" + i, PolicyReader.read(policies.get(i).json(), use)))
        .toList();
  }

  private static String text(Verdict verdict) {
    String outcome =
        switch (verdict.outcome()) {
          case ALLOWED -> "allowed";
          case EXPLICITLY_DENIED -> "denied";
          case NOT_ALLOWED -> "missing";
        };
    return outcome + verdict.kind().map(kind -> " " + kind.name()).orElse("");
  }
}

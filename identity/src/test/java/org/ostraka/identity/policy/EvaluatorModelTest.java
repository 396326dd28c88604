package org.ostraka.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.identity.wire.PolicyReader;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.testkit.random.RandomCase;

/** The evaluator and a naive one agree on random policies and requests. */
final class EvaluatorModelTest {
  private static final int RUNS = 100_000;

  @Test
  void bothEvaluatorsAgree(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    Map<String, Integer> verdicts = new TreeMap<>();
    for (int run = 0; run < RUNS; run++) {
      RandomPolicies policies = new RandomPolicies(random.branch(run));
      String verdict = compare(policies, random.command());
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

  private static String compare(RandomPolicies policies, String command) {
    AuthorizationRequest request = policies.request();
    List<RawPolicy> identity = policies.policies(2);
    Optional<RawPolicy> boundary = policies.optional(false);
    List<RawPolicy> session = policies.policies(1);
    Optional<RawPolicy> resource = policies.optional(true);
    Verdict verdict =
        Evaluator.evaluate(
            request,
            new Policies(
                read(identity, PolicyUse.IDENTITY),
                read(boundary.stream().toList(), PolicyUse.IDENTITY).stream().findFirst(),
                read(session, PolicyUse.IDENTITY),
                read(resource.stream().toList(), PolicyUse.RESOURCE).stream().findFirst()));
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

  private static List<AttachedPolicy> read(List<RawPolicy> policies, PolicyUse use) {
    return policies.stream()
        .map(policy -> new AttachedPolicy("p", PolicyReader.read(policy.json(), use)))
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

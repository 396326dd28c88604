package org.ostraka.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.PolicyNotFoundException;
import org.ostraka.model.operation.DeleteResourcePolicy;
import org.ostraka.model.operation.GetResourcePolicy;
import org.ostraka.model.operation.PutResourcePolicy;

/** Policies of tables: several changes at a time, other servers, restarts, and their effect. */
@Timeout(60)
final class ResourcePoliciesTest {
  private static final String ARN = TestEngine.arn("orders").toString();
  private static final int WRITERS = 8;

  @Test
  void onlyOneOfSeveralWritersFindsNoPolicy() throws Exception {
    try (TestEngine engine = new TestEngine();
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      engine.create("orders");
      List<Future<String>> work = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String policy = policy("Allow", "s" + i, "dynamodb:GetItem");
        work.add(writers.submit(() -> put(engine, policy, "NO_POLICY")));
      }
      List<String> revisions = new ArrayList<>();
      for (Future<String> each : work) {
        try {
          revisions.add(each.get());
        } catch (ExecutionException refused) {
          assertThat(refused).hasCauseInstanceOf(PolicyNotFoundException.class);
        }
      }
      assertThat(revisions).containsExactly(get(engine).revisionId());
    }
  }

  @Test
  void policiesSurviveARestart() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      put(engine, policy("Allow", "a", "dynamodb:GetItem"), null);
      GetResourcePolicy.Response before = get(engine);
      try (TestEngine restarted = engine.restart()) {
        assertThat(get(restarted)).isEqualTo(before);
        assertThat(restarted.check().isClean()).isTrue();
      }
    }
  }

  @Test
  void anotherServerSeesTheChange() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      Catalogue other = Catalogue.open(engine.store(), engine.clock(), EngineSettings.DEFAULT);
      put(engine, policy("Allow", "a", "dynamodb:GetItem"), null);
      var _ = other.follow();
      assertThat(other.describe(TestEngine.arn("orders")).orElseThrow().stored().policies())
          .isEqualTo(
              engine
                  .catalogue()
                  .describe(TestEngine.arn("orders"))
                  .orElseThrow()
                  .stored()
                  .policies());
    }
  }

  @Test
  void aPolicyCountsFromTheNextRequestOn() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      engine.put("orders", "1");
      String denied = put(engine, policy("Deny", "d", "dynamodb:PutItem"), null);
      assertThatThrownBy(() -> engine.put("orders", "2"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageEndingWith("with an explicit deny in a resource-based policy");
      var _ =
          engine
              .operations()
              .deleteResourcePolicy()
              .handle(TestEngine.CALLER, new DeleteResourcePolicy.Request(ARN, denied));
      engine.put("orders", "2");
      assertThat(engine.get("orders", "2")).isPresent();
    }
  }

  @Test
  void revisionsGrowThoughTheClockStands() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      long first = Long.parseLong(put(engine, policy("Allow", "a", "dynamodb:GetItem"), null));
      long second = Long.parseLong(put(engine, policy("Allow", "b", "dynamodb:GetItem"), null));
      assertThat(second).isGreaterThan(first);
    }
  }

  private static String policy(String effect, String sid, String action) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\""
        + sid
        + "\",\"Effect\":\""
        + effect
        + "\",\"Principal\":{\"AWS\":\"000000000000\"},\"Action\":\""
        + action
        + "\",\"Resource\":\"*\"}}";
  }

  private static String put(TestEngine engine, String policy, @Nullable String expected) {
    return engine
        .operations()
        .putResourcePolicy()
        .handle(TestEngine.CALLER, new PutResourcePolicy.Request(ARN, policy, expected, false))
        .revisionId();
  }

  private static GetResourcePolicy.Response get(TestEngine engine) {
    return engine
        .operations()
        .getResourcePolicy()
        .handle(TestEngine.CALLER, new GetResourcePolicy.Request(ARN));
  }
}

package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Region;
import org.ostraka.server.region.PeerSettingsException;
import org.ostraka.testkit.port.ReservedPort;

/** The URL of a peer that leads to a server of another region is noticed, and harms no table. */
@Timeout(60)
final class WrongPeerUrlTest {
  private static final Region HERE = new Region("us-east-1");
  private static final Region THERE = new Region("eu-west-1");
  private static final String REMOVAL =
      "{'TableName': 'votes', 'ReplicaUpdates': [{'Delete': {'RegionName': 'eu-west-1'}}]}";
  private static final String ADDITION =
      "{'TableName': 'votes', 'ReplicaUpdates': [{'Create': {'RegionName': 'eu-west-1'}}]}";

  @Test
  void aServerOfAnotherRegionTakesNoReplica() throws Exception {
    try (OstrakaServer elsewhere =
            LoopbackServer.start(Set.of(new Region("ap-south-1")), 0, Map.of());
        OstrakaServer here =
            LoopbackServer.start(
                Set.of(HERE), 0, Map.of(THERE, LoopbackServer.url(elsewhere.port())))) {
      assertNoReplica(here);
    }
  }

  @Test
  void theUrlOfTheServerItselfTakesNoReplica() throws Exception {
    try (ReservedPort port = new ReservedPort();
        OstrakaServer here =
            LoopbackServer.start(
                Set.of(HERE), port.number(), Map.of(THERE, LoopbackServer.url(port.number())))) {
      assertNoReplica(here);
    }
  }

  /**
   * As after the loss of the region's data, too: nothing is lost here until the operator says so.
   */
  @Test
  void anotherDeploymentOfTheRegionDoesNotEndTheReplication() throws Exception {
    try (ReservedPort there = new ReservedPort();
        OstrakaServer here =
            LoopbackServer.start(
                Set.of(HERE), 0, Map.of(THERE, LoopbackServer.url(there.number())))) {
      Map<Region, URI> toHere = Map.of(HERE, LoopbackServer.url(here.port()));
      try (OstrakaServer first = LoopbackServer.start(Set.of(THERE), there.number(), toHere)) {
        assertThat(first.port()).isEqualTo(there.number());
        LoopbackServer.createVotes(here, HERE);
        assertThat(LoopbackServer.post(here, HERE, "UpdateTable", ADDITION))
            .contains("TableDescription");
        await(() -> describe(here).contains("\"ReplicaStatus\":\"ACTIVE\""));
      }
      try (OstrakaServer second = LoopbackServer.start(Set.of(THERE), there.number(), toHere)) {
        assertThat(second.port()).isEqualTo(there.number());
        assertThat(LoopbackServer.post(here, HERE, "UpdateTable", ADDITION))
            .as("the other deployment is not asked")
            .contains("InternalServerError");
        assertThat(describe(here)).contains("Replicas");
        assertThat(LoopbackServer.post(here, HERE, "UpdateTable", REMOVAL))
            .contains("TableDescription");
        await(() -> !describe(here).contains("Replicas"));
      }
    }
  }

  /** It would take the region of a peer for its own as soon as it is started without the peer. */
  @Test
  void aServerOfAllRegionsHasNoPeers() {
    assertThatThrownBy(
            () -> LoopbackServer.start(Set.of(), 0, Map.of(THERE, LoopbackServer.url(1))).close())
        .isInstanceOf(PeerSettingsException.class)
        .hasMessageContaining("regions of other processes need --region");
  }

  private static void assertNoReplica(OstrakaServer server) throws Exception {
    assertThat(LoopbackServer.createVotes(server, HERE)).contains("TableDescription");
    assertThat(LoopbackServer.post(server, HERE, "UpdateTable", ADDITION))
        .contains("InternalServerError");
    assertThat(describe(server)).contains("\"TableStatus\":\"ACTIVE\"").doesNotContain("Replicas");
  }

  private static String describe(OstrakaServer server) throws Exception {
    return LoopbackServer.post(server, HERE, "DescribeTable", "{'TableName': 'votes'}");
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 300; i++) {
      if (condition.holds()) {
        return;
      }
      var _ = never.await(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not within half a minute");
  }
}

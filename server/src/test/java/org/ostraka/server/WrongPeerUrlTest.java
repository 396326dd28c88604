package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Region;
import org.ostraka.server.region.PeerSettingsException;

/** The URL of a peer that leads to a server of another region is noticed, and harms no table. */
@Timeout(60)
final class WrongPeerUrlTest {
  private static final Region HERE = new Region("us-east-1");
  private static final Region THERE = new Region("eu-west-1");
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
    int port = LoopbackServer.freePort();
    try (OstrakaServer here =
        LoopbackServer.start(Set.of(HERE), port, Map.of(THERE, LoopbackServer.url(port)))) {
      assertNoReplica(here);
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
    assertThat(LoopbackServer.post(server, HERE, "DescribeTable", "{'TableName': 'votes'}"))
        .contains("\"TableStatus\":\"ACTIVE\"")
        .doesNotContain("Replicas");
  }
}

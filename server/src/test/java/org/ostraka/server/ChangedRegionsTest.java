package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Region;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.region.PeerSettingsException;

/** A server does not start on a directory whose data was served with other regions. */
@Timeout(60)
final class ChangedRegionsTest {
  private static final Region HERE = new Region("us-east-1");
  private static final Region THERE = new Region("eu-west-1");
  private static final URI ANYWHERE = LoopbackServer.url(1);

  @TempDir private Path directory;

  @Test
  void aDirectoryOfARegionIsNotServedAsAnother() throws Exception {
    try (OstrakaServer server = start(Set.of(HERE), Map.of(THERE, ANYWHERE), false)) {
      assertThat(LoopbackServer.createVotes(server, HERE)).contains("TableDescription");
    }
    assertThatThrownBy(() -> start(Set.of(THERE), Map.of(HERE, ANYWHERE), false).close())
        .isInstanceOf(PeerSettingsException.class)
        .hasMessage(
            "all tables in the store are of us-east-1, which this start does not serve, but"
                + " eu-west-1: is it the right --data, --store and --region?"
                + " (--change-regions starts all the same)");
    try (OstrakaServer server = start(Set.of(HERE), Map.of(), false)) {
      assertThat(LoopbackServer.post(server, HERE, "ListTables", "{}")).contains("votes");
    }
    try (OstrakaServer server = start(Set.of(THERE), Map.of(HERE, ANYWHERE), true)) {
      assertThat(LoopbackServer.post(server, THERE, "ListTables", "{}")).doesNotContain("votes");
    }
    try (OstrakaServer server = start(Set.of(THERE), Map.of(HERE, ANYWHERE), false)) {
      assertThat(server.port()).isPositive();
    }
  }

  @Test
  void aServerInMemoryServesWhatItIsToldTo() throws Exception {
    try (OstrakaServer first = LoopbackServer.start(Set.of(HERE), 0, Map.of(THERE, ANYWHERE));
        OstrakaServer second = LoopbackServer.start(Set.of(), 0, Map.of())) {
      assertThat(LoopbackServer.createVotes(first, HERE)).contains("TableDescription");
      assertThat(LoopbackServer.createVotes(second, THERE)).contains("TableDescription");
    }
  }

  private OstrakaServer start(Set<Region> regions, Map<Region, URI> peers, boolean changes)
      throws Exception {
    return LoopbackServer.start(
        new StoreLocation.InDirectory(directory.resolve("data")),
        regions,
        0,
        LoopbackServer.peers(peers, changes));
  }
}

package org.ostraka.server.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.server.config.PeerSettings;
import org.ostraka.server.config.RegionFaults;
import org.ostraka.server.tls.ClientTlsFiles;

/** A file of peers that changes while the server runs is compared with what the store has. */
final class PeerConnectionsTest {
  private static final Region HERE = new Region("us-east-1");
  private static final Region THERE = new Region("eu-west-1");
  private static final TableArn TABLE =
      TableArn.parse("arn:aws:dynamodb:eu-west-1:000000000000:table/votes").orElseThrow();

  private final TestDeployment deployment = new TestDeployment(HERE);

  @TempDir private Path directory;

  @AfterEach
  void close() {
    deployment.close();
  }

  @Test
  void aNewPeerDoesNotGetARegionWithTablesHere() throws IOException {
    Path file = write("");
    deployment.replicate(TABLE, HERE);
    try (PeerConnections connections = open(file, false)) {
      write("{\"Region\": \"eu-west-1\", \"Url\": \"http://localhost:1\"}");
      connections.reload();
      assertThat(connections.peers()).isEmpty();
      write("{\"Region\": \"ap-south-1\", \"Url\": \"http://localhost:1\"}");
      connections.reload();
      assertThat(connections.peers()).containsOnlyKeys(new Region("ap-south-1"));
    }
  }

  @Test
  void aNewPeerGetsItWhenThatIsIntended() throws IOException {
    Path file = write("");
    deployment.replicate(TABLE, HERE);
    try (PeerConnections connections = open(file, true)) {
      write("{\"Region\": \"eu-west-1\", \"Url\": \"http://localhost:1\"}");
      connections.reload();
      assertThat(connections.peers()).containsOnlyKeys(THERE);
    }
    try (PeerConnections connections = open(file, false)) {
      assertThat(connections.peers()).containsOnlyKeys(THERE);
    }
  }

  private Path write(String peers) throws IOException {
    return Files.writeString(directory.resolve("peers.json"), "{\"Peers\": [" + peers + "]}");
  }

  private PeerConnections open(Path file, boolean changesRegions) {
    PeerSettings settings =
        new PeerSettings(
            Map.of(),
            Optional.of(file),
            ClientTlsFiles.NONE,
            Optional.empty(),
            List.of(),
            false,
            RegionFaults.NONE,
            changesRegions);
    return PeerConnections.open(settings, Set.of(HERE), InstantSource.system(), deployment.known());
  }
}

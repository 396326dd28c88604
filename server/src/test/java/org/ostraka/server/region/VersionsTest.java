package org.ostraka.server.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;

/** Servers of different versions agree on one that both speak, in whatever order they change. */
@Timeout(60)
final class VersionsTest {
  private static final Region REGION = new Region("eu-west-1");

  private final TestDeployment deployment = new TestDeployment(REGION);
  private EndpointServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new EndpointServer(
            new ServedRegions(
                new ProtectedTables(), REGION::equals, REGION::value, deployment.known()));
  }

  @AfterEach
  void stop() {
    server.close();
    deployment.close();
  }

  @Test
  void theHighestVersionThatBothSpeakIsUsedAfterTheFirstRequest() throws Exception {
    server.speak(new Versions(1, 3), true);
    HttpPeer peer = server.peer(new Versions(1, 2));
    call(peer);
    call(peer);
    call(peer);
    assertThat(server.takeRequests()).containsExactly(1, 2, 2);
  }

  @Test
  void anOlderServerIsSpokenToInItsVersion() throws Exception {
    server.speak(new Versions(1, 1), true);
    HttpPeer peer = server.peer(new Versions(1, 3));
    call(peer);
    call(peer);
    assertThat(server.takeRequests()).containsExactly(1, 1);
  }

  @Test
  void aServerThatNamesNoVersionsIsSpokenToInTheFirst() throws Exception {
    server.speak(new Versions(1, 1), false);
    HttpPeer peer = server.peer(new Versions(1, 2));
    call(peer);
    call(peer);
    assertThat(server.takeRequests()).containsExactly(1, 1);
  }

  /** The field does not arrive, as if it were not sent. */
  @Test
  void aRequestThatNamesNoVersionsIsAnsweredInItsOwn() throws Exception {
    server.speak(new Versions(1, 2), false);
    HttpPeer peer = server.peer(new Versions(1, 2));
    call(peer);
    call(peer);
    assertThat(server.takeRequests()).containsExactly(1, 1);
  }

  @Test
  void aServerThatNoLongerSpeaksTheFirstVersionIsAskedAgainInAnother() throws Exception {
    server.speak(new Versions(2, 3), true);
    HttpPeer peer = server.peer(new Versions(1, 2));
    call(peer);
    call(peer);
    assertThat(server.takeRequests()).containsExactly(1, 2, 2);
  }

  /** So it is while some servers of a region are of the next version and others not yet. */
  @Test
  void aServerThatIsReplacedWithAnOlderOneIsAskedAgain() throws Exception {
    server.speak(new Versions(1, 2), true);
    HttpPeer peer = server.peer(new Versions(1, 2));
    call(peer);
    call(peer);
    server.speak(new Versions(1, 1), false);
    call(peer);
    call(peer);
    server.speak(new Versions(1, 2), true);
    call(peer);
    call(peer);
    assertThat(server.takeRequests()).containsExactly(1, 2, 2, 1, 1, 1, 2);
  }

  @Test
  void serversWithoutACommonVersionSayWhichTheySpeak() throws Exception {
    server.speak(new Versions(3, 4), true);
    HttpPeer peer = server.peer(new Versions(1, 2));
    assertThatThrownBy(() -> call(peer))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining(
            "it speaks versions 3-4 of the protocol between regions, and this server 1-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1-", "2-1", "0-1", "1-128", "1-2 ", "a-b"})
  void aBrokenFieldIsRefused(String field) {
    assertThatIOException().isThrownBy(() -> Versions.parse(field));
  }

  @Test
  void aFieldIsReadAsItIsWritten() throws Exception {
    assertThat(Versions.parse(new Versions(2, 12).toString())).isEqualTo(new Versions(2, 12));
  }

  private static void call(HttpPeer peer) {
    TableArn table =
        TableArn.parse("arn:aws:dynamodb:eu-west-1:000000000000:table/votes").orElseThrow();
    assertThat(peer.find(table)).contains(new Peer.Table(true));
  }

  /** A region in which every table is protected. */
  private static final class ProtectedTables implements Peer {
    @Override
    public Optional<Table> find(TableArn table) {
      return Optional.of(new Table(true));
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      throw new UnsupportedOperationException("nothing is told");
    }

    @Override
    public Association.Answer associate(Association association) {
      throw new UnsupportedOperationException("nothing is associated");
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      throw new UnsupportedOperationException("nothing is applied");
    }
  }
}

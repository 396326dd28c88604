package org.ostraka.server.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;

/**
 * A URL that leads to another deployment of the right region is noticed before anything is done
 * there, and so are requests of such a deployment.
 */
@Timeout(60)
final class OtherDeploymentTest {
  private static final Region HERE = new Region("us-east-1");
  private static final Region THERE = new Region("eu-west-1");

  private final TestDeployment here = new TestDeployment(HERE);
  private final TestDeployment first = new TestDeployment(THERE);
  private final TestDeployment second = new TestDeployment(THERE);
  private final CountingPeer calls = new CountingPeer();

  @AfterEach
  void close() {
    List.of(here, first, second).forEach(TestDeployment::close);
  }

  @Test
  void anotherDeploymentOfTheRegionDoesNothing() throws Exception {
    meetFirst();
    here.replicate(table(HERE), THERE);
    try (EndpointServer other = server(second, THERE::equals)) {
      HttpPeer peer = other.peer(new PeerIdentity(here.known(), THERE));
      String why =
          "region eu-west-1 is served by deployment "
              + second.id()
              + ", but was by "
              + first.id()
              + " when its replicas were made";
      assertRefused(() -> peer.find(table(THERE)), why);
      assertRefused(() -> peer.tell(message()), why);
      assertRefused(() -> peer.apply(batch()), why);
    }
    assertThat(calls.taken()).isZero();
    meetFirst();
  }

  /** As after the loss of a region's data: its replicas are removed, and added to the new one. */
  @Test
  void anotherDeploymentTakesThePlaceWhenNoTableHasAReplicaThere() throws Exception {
    meetFirst();
    here.replicate(table(HERE), THERE);
    here.replicateNothing();
    try (EndpointServer other = server(second, THERE::equals)) {
      HttpPeer peer = other.peer(new PeerIdentity(here.known(), THERE));
      assertThat(peer.find(table(THERE))).isEmpty();
      assertThat(peer.find(table(THERE))).isEmpty();
    }
    assertThat(calls.taken()).isEqualTo(2);
    assertThat(here.known().of(THERE)).contains(second.id());
  }

  @Test
  void theDeploymentItselfIsNoOtherRegion() throws Exception {
    try (EndpointServer server = server(here, _ -> true)) {
      HttpPeer peer = server.peer(new PeerIdentity(here.known(), THERE));
      assertRefused(
          () -> peer.find(table(THERE)),
          "this deployment itself, or by one with a copy of its data");
    }
    assertThat(calls.taken()).isZero();
  }

  @Test
  void requestsOfAnotherDeploymentOfTheRegionAreRefused() throws Exception {
    meetFirst();
    here.replicate(table(HERE), THERE);
    try (EndpointServer server = server(here, HERE::equals)) {
      HttpPeer rightful = server.peer(new PeerIdentity(first.known(), HERE));
      HttpPeer other = server.peer(new PeerIdentity(second.known(), HERE));
      assertThat(rightful.apply(batchToHere())).isEmpty();
      assertThat(calls.taken()).isOne();
      String why = "region eu-west-1 is served by deployment " + second.id();
      assertRefused(() -> other.apply(batchToHere()), why);
      assertThat(calls.taken()).isZero();
    }
  }

  /** A server of another region is at the wrong URL: it must not be taken for the right one. */
  @Test
  void aServerOfAnotherRegionIsNotLearned() throws Exception {
    try (EndpointServer server = server(second, new Region("ap-south-1")::equals)) {
      HttpPeer peer = server.peer(new PeerIdentity(here.known(), THERE));
      assertRefused(() -> peer.find(table(THERE)), "region eu-west-1 is not served here");
    }
    assertThat(here.known().of(THERE)).isEmpty();
  }

  @Test
  void serversThatDoNotNameTheirDeploymentAreNotVerified() throws Exception {
    meetFirst();
    here.replicate(table(HERE), THERE);
    try (EndpointServer other = server(second, THERE::equals)) {
      assertThat(other.peer().find(table(THERE))).isEmpty(); // the caller names none
      other.speak(Versions.spoken(), false); // the answer names none
      HttpPeer peer = other.peer(new PeerIdentity(here.known(), THERE));
      assertThat(peer.find(table(THERE))).isEmpty();
    }
  }

  /** Calls the first deployment, which is known from then on. */
  private void meetFirst() throws Exception {
    try (EndpointServer server = server(first, THERE::equals)) {
      HttpPeer peer = server.peer(new PeerIdentity(here.known(), THERE));
      assertThat(peer.find(table(THERE))).isEmpty();
      assertThat(here.known().of(THERE)).contains(first.id());
    }
    assertThat(calls.taken()).isOne();
  }

  private EndpointServer server(TestDeployment deployment, Predicate<Region> serves)
      throws Exception {
    return new EndpointServer(
        new ServedRegions(calls, serves, () -> "some regions", deployment.known()));
  }

  private static void assertRefused(Runnable call, String why) {
    assertThatThrownBy(call::run).isInstanceOf(PeerException.class).hasMessageContaining(why);
  }

  private static TableArn table(Region region) {
    return TableArn.parse("arn:aws:dynamodb:" + region + ":000000000000:table/votes").orElseThrow();
  }

  private static GroupMessage message() {
    return GroupMessage.to(
        THERE,
        TestDeployment.description(
            table(HERE), new GlobalTable(new UUID(1, 1), List.of(), Map.of())));
  }

  private static ChangeBatch batch() {
    return new ChangeBatch(table(THERE), HERE, new UUID(1, 1), List.of());
  }

  private static ChangeBatch batchToHere() {
    return new ChangeBatch(table(HERE), THERE, new UUID(1, 1), List.of());
  }

  /** Regions without tables, which count the calls that they take. */
  private static final class CountingPeer implements Peer {
    private final AtomicInteger calls = new AtomicInteger();

    /** Returns the number of calls since the last time. */
    int taken() {
      return calls.getAndSet(0);
    }

    @Override
    public Optional<Table> find(TableArn table) {
      calls.incrementAndGet();
      return Optional.empty();
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      calls.incrementAndGet();
      return Optional.empty();
    }

    @Override
    public Association.Answer associate(Association association) {
      throw new UnsupportedOperationException("nothing is associated");
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      calls.incrementAndGet();
      return Optional.empty();
    }
  }
}

package org.ostraka.server.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.gate.CrossAccountCaller;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.identity.policy.Requester;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.testkit.clock.ManualClock;

/**
 * Calls that a wrong URL leads to another region's server fail: they do not find that there is no
 * such table, which would mean that the replica has left.
 */
@Timeout(60)
final class ServedRegionsTest {
  private static final Region HERE = new Region("us-east-1");
  private static final Region THERE = new Region("eu-west-1");
  private static final Region ELSEWHERE = new Region("ap-south-1");

  private final TestDeployment deployment = new TestDeployment(THERE);

  @AfterEach
  void close() {
    deployment.close();
  }

  @Test
  void aServerAnswersCallsForItsRegion() throws Exception {
    try (EndpointServer server = server(Set.of(THERE))) {
      HttpPeer peer = server.peer();
      assertThat(peer.find(table(THERE))).isEmpty();
      assertThat(peer.tell(message())).isEmpty();
      assertThat(peer.apply(batch())).isEmpty();
      assertThat(peer.associate(association())).isInstanceOf(Association.Answer.Refused.class);
      assertThat(peer.report()).isEqualTo("a report");
    }
  }

  @Test
  void aServerOfAnotherRegionRefusesEveryCall() throws Exception {
    try (EndpointServer server = server(Set.of(ELSEWHERE))) {
      HttpPeer peer = server.peer();
      String why = ": region eu-west-1 is not served here, but ap-south-1";
      assertRefused(() -> peer.find(table(THERE)), why);
      assertRefused(() -> peer.tell(message()), why);
      assertRefused(() -> peer.apply(batch()), why);
      assertRefused(() -> peer.associate(association()), why);
      assertThat(peer.report()).as("is of no region").isEqualTo("a report");
    }
  }

  /** So it would take the sender's tables for those of its own region of that name. */
  @Test
  void aServerThatServesTheSendersRegionTooRefusesWhatChangesSomething() throws Exception {
    try (EndpointServer server = server(Set.of(HERE, THERE))) {
      HttpPeer peer = server.peer();
      String why = ": region us-east-1 sends, but is served here too: eu-west-1, us-east-1";
      assertRefused(() -> peer.tell(message()), why);
      assertRefused(() -> peer.apply(batch()), why);
      assertRefused(() -> peer.associate(association()), why);
    }
  }

  @Test
  void aMessageIsLoggedAtOnceAndThenOnceAMinute() {
    ManualClock clock = new ManualClock(Instant.EPOCH);
    RepeatedMessages messages = new RepeatedMessages(clock);
    assertThat(messages.isDue("one")).isTrue();
    assertThat(messages.isDue("one")).isFalse();
    assertThat(messages.isDue("another")).isTrue();
    clock.advance(Duration.ofSeconds(59));
    assertThat(messages.isDue("one")).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(messages.isDue("one")).isTrue();
  }

  private static void assertRefused(ThrowingCallable call, String why) {
    assertThatThrownBy(call).isInstanceOf(PeerException.class).hasMessageEndingWith(why);
  }

  private EndpointServer server(Set<Region> served) throws Exception {
    String names = String.join(", ", served.stream().map(Region::value).sorted().toList());
    return new EndpointServer(
        new ServedRegions(new Empty(), served::contains, () -> names, deployment.known()));
  }

  private static TableArn table(Region region) {
    return TableArn.parse("arn:aws:dynamodb:" + region + ":000000000000:table/votes").orElseThrow();
  }

  private static ChangeBatch batch() {
    return new ChangeBatch(table(THERE), HERE, new UUID(1, 1), List.of());
  }

  private static Association association() {
    TableArn replica = table(HERE);
    return new Association(
        table(THERE),
        replica,
        new CrossAccountCaller(new Requester.Root(replica.owner().account()), Map.of()),
        Association.Step.CHECK);
  }

  private static GroupMessage message() {
    return GroupMessage.to(
        THERE,
        TestDeployment.description(
            table(HERE), new GlobalTable(new UUID(1, 1), List.of(), Map.of())));
  }

  /** Regions without tables. */
  private static final class Empty implements Peer {
    @Override
    public Optional<Table> find(TableArn table) {
      return Optional.empty();
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      return Optional.empty();
    }

    @Override
    public Association.Answer associate(Association association) {
      return new Association.Answer.Refused(new ResourceNotFoundException("no such table"));
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      return Optional.empty();
    }
  }
}

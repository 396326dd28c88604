package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Sharding;
import org.ostraka.voting.election.VoteTable;

/** A region that is away does not keep a vote waiting while the SDK tries again and again. */
@Timeout(60)
final class ConnectionsTest {
  private static final String REGION = "us-east-1";

  @Test
  @SuppressWarnings("try") // The region is closed first: a thread still waits for callers.
  void aVoteEndsAfterThreeAttempts() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (ServerSocket away = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> hangUp(away, attempts));
      String _ = System.setProperty("aws.accessKeyId", "any");
      String _ = System.setProperty("aws.secretAccessKey", "any");
      URI url = URI.create("http://127.0.0.1:" + away.getLocalPort());
      VoteTable table = Connections.table("voting", Map.of(REGION, url));
      Casting casting = new Casting(table, 1, InstantSource.system(), Connections::pause);
      Election election =
          new Election(
              "e",
              List.of("a"),
              TwoMemories.OPENS,
              TwoMemories.CLOSES,
              new Sharding(1),
              List.of(REGION));
      assertThat(casting.cast(election, "voter", "a")).isInstanceOf(Outcome.Unknown.class);
      assertThat(attempts).hasValue(3);
      away.close();
    } finally {
      String _ = System.clearProperty("aws.accessKeyId");
      String _ = System.clearProperty("aws.secretAccessKey");
    }
  }

  private static void hangUp(ServerSocket listening, AtomicInteger attempts) {
    try {
      while (!listening.isClosed()) {
        try (Socket caller = listening.accept()) {
          var _ = attempts.incrementAndGet();
          caller.setSoLinger(true, 0);
        }
      }
    } catch (IOException closed) {
      return;
    }
  }
}

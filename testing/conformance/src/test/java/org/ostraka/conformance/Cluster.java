package org.ostraka.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Server processes over one database, each with a client. One thread. */
final class Cluster implements AutoCloseable {
  /** Short, so that a test need not wait long for a server that was killed. */
  private static final String LEASE_SECONDS = "4";

  private final String url;
  private final List<Member> members = new ArrayList<>();

  /** A server and a client of it. */
  record Member(OstrakaProcess server, DynamoDbClient client) implements AutoCloseable {
    @Override
    public void close() {
      client.close();
      server.close();
    }
  }

  /** Starts servers. */
  Cluster(String url, int servers) throws InterruptedException {
    this.url = url;
    for (int i = 0; i < servers; i++) {
      members.add(start());
    }
  }

  private Member start() throws InterruptedException {
    OstrakaProcess server =
        OstrakaProcess.start(
            Map.of("OSTRAKA_STORE", url),
            "serve",
            "--port",
            "0",
            "--server-lease",
            LEASE_SECONDS,
            "--stream-shards",
            "2",
            "--shard-lifetime",
            "2");
    return new Member(server, SdkClients.connect(server.endpoint()));
  }

  int size() {
    return members.size();
  }

  DynamoDbClient client(int member) {
    return members.get(member).client();
  }

  OstrakaProcess server(int member) {
    return members.get(member).server();
  }

  /** Starts a server in the place of one that was killed. */
  void replace(int member) throws InterruptedException {
    members.get(member).close();
    members.set(member, start());
  }

  /** Verifies the database with {@code ostraka check}. */
  OstrakaProcess.Ended check() throws InterruptedException {
    try (OstrakaProcess check = OstrakaProcess.start(Map.of("OSTRAKA_STORE", url), "check")) {
      return check.awaitEnd();
    }
  }

  @Override
  public void close() {
    members.forEach(Member::close);
  }
}

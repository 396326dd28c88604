package org.ostraka.voting;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.ostraka.voting.load.ClosedLoop;
import org.ostraka.voting.load.Tokens;
import org.ostraka.voting.wire.VoteJson;

/**
 * Votes that a client sends over HTTP. Any thread.
 *
 * <p>Tokens are made before a turn, since voters bring them: their issuer is another system.
 */
final class VotesOverHttp implements ClosedLoop.Work {
  private static final int CREATED = 201;

  private final HttpClient http;
  private final URI votes;
  private final Tokens issuer;
  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
  private final AtomicLong voters = new AtomicLong();

  VotesOverHttp(HttpClient http, URI votes, Tokens issuer) {
    this.http = http;
    this.votes = votes;
    this.issuer = issuer;
  }

  @Override
  public void prepare(long wanted) {
    for (long have = tokens.size(); have < wanted; have++) {
      boolean _ = tokens.add(make());
    }
  }

  private String make() {
    return issuer.of("h-" + voters.incrementAndGet());
  }

  @Override
  public boolean isDone(long voter) throws IOException, InterruptedException {
    String token = Optional.ofNullable(tokens.poll()).orElseGet(this::make);
    HttpRequest request =
        HttpRequest.newBuilder(votes)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(new VoteJson("a", Optional.empty()).text()))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == CREATED;
  }
}

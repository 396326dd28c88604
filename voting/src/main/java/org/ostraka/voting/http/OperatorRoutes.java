package org.ostraka.voting.http;

import java.util.List;
import java.util.Optional;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.ShardRoot;
import org.ostraka.voting.count.Results;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.wire.ElectionJson;
import org.ostraka.voting.wire.OperatorJson;

/** What an operator sees and does over HTTP. Any thread. */
final class OperatorRoutes {
  private final VotingServices services;
  private final Traffic traffic;

  OperatorRoutes(VotingServices services, Traffic traffic) {
    this.services = services;
    this.traffic = traffic;
  }

  /** Answers a request of a voter or operator whom the token named. */
  Answer answer(String path, String method, Optional<String> subject) {
    if (subject.filter(services.operators()::contains).isEmpty()) {
      return Answer.error(
          subject.isEmpty() ? Answer.UNAUTHORIZED : Answer.FORBIDDEN,
          "an operator's token is needed");
    }
    List<String> parts = List.of(path.substring(1).split("/", -1));
    boolean isStatus = parts.size() == 3 && method.equals("GET");
    boolean isChange = parts.size() == 4 && method.equals("POST");
    if (!parts.get(1).equals("elections")
        || !(isStatus || isChange)
        || !Election.isId(parts.get(2))) {
      return Answer.error(Answer.NOT_FOUND, "no such page");
    }
    return isStatus ? status(parts.get(2)) : change(parts.get(2), parts.get(3));
  }

  private Answer status(String id) {
    Optional<Election> election = services.elections().find(id);
    if (election.isEmpty()) {
      return Answer.error(Answer.NOT_FOUND, "no such election");
    }
    Results results = services.tallies().of(election.get());
    Traffic.Minute minute = traffic.minute();
    List<OperatorJson.Published> published =
        election.get().regions().stream()
            .flatMap(region ->
                services.logs().lastPublication(id, region, services.key().publicKey()).stream())
            .map(OperatorRoutes::published)
            .toList();
    return new Answer(
        Answer.OK,
        OperatorJson.status(
            ElectionJson.text(election.get(), services.clock().instant()),
            results,
            election.get().sharding().shards(),
            new OperatorJson.Rates(
                minute.accepted(),
                minute.refused(),
                minute.failed(),
                minute.mean(),
                minute.longest()),
            published));
  }

  private static OperatorJson.Published published(Roots.Signed signed) {
    Roots roots = signed.roots();
    long entries = roots.shards().stream().mapToLong(ShardRoot::size).sum();
    return new OperatorJson.Published(roots.region(), roots.number(), roots.time(), entries);
  }

  private Answer change(String id, String action) {
    try {
      Election next =
          switch (action) {
            case "open" -> services.changes().open(id);
            case "close" -> services.changes().close(id);
            default -> throw new IllegalArgumentException("an election is opened or closed");
          };
      return new Answer(Answer.OK, ElectionJson.text(next, services.clock().instant()));
    } catch (IllegalArgumentException refused) {
      return Answer.error(Answer.CONFLICT, String.valueOf(refused.getMessage()));
    }
  }
}

package org.ostraka.engine.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedStream;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.Limits;
import org.ostraka.model.operation.DescribeStream;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;

/** Carries out DescribeStream. Any thread. */
public final class DescribeStreamHandler
    implements OperationHandler<DescribeStream.Request, DescribeStream.Response> {
  private final Gate gate;
  private final ShardEnds ends;
  private final Clock clock;
  private final Duration transition;

  /**
   * Makes the handler.
   *
   * @param transition how long a change of a table takes
   */
  public DescribeStreamHandler(Gate gate, Store store, Clock clock, Duration transition) {
    this.gate = gate;
    this.ends = new ShardEnds(store::newest);
    this.clock = clock;
    this.transition = transition;
  }

  @Override
  public DescribeStream.Response handle(Caller caller, DescribeStream.Request request) {
    AdmittedStream admitted =
        gate.admit(caller, Action.DESCRIBE_STREAM, StreamView.arn(request.streamArn()));
    Instant now = clock.instant();
    StreamView view = StreamView.of(admitted, now);
    int limit = request.limit() == null ? Limits.SHARDS_OF_A_PAGE : request.limit();
    Map<Space, String> ids = view.ids();
    List<LogHistory.Shard> wanted = wanted(view, ids, request);
    List<LogHistory.Shard> page = wanted.subList(0, Math.min(limit, wanted.size()));
    return new DescribeStream.Response(
        admitted.arn(),
        view.status(now, transition),
        view.stream().viewType(),
        view.stream().enabled(),
        view.stream().key(),
        page.stream().map(shard -> shard(ids, shard)).toList(),
        page.size() < wanted.size() ? StreamView.id(page.getLast().log()) : null);
  }

  /**
   * Returns the shards after the one where the request starts; all of them when that one is
   * unknown, since it may be one that can no longer be read.
   */
  private static List<LogHistory.Shard> wanted(
      StreamView view, Map<Space, String> ids, DescribeStream.Request request) {
    String start = request.exclusiveStart();
    List<LogHistory.Shard> after = start == null ? view.shards() : view.after(start);
    Optional<String> parent = Optional.ofNullable(request.childrenOf());
    return parent.isEmpty()
        ? after
        : after.stream().filter(shard -> shard.parent().map(ids::get).equals(parent)).toList();
  }

  private DescribeStream.Shard shard(Map<Space, String> ids, LogHistory.Shard shard) {
    return new DescribeStream.Shard(
        StreamView.id(shard.log()),
        shard.parent().map(ids::get).orElse(null),
        new SequenceNumber(shard.space(), Position.START).value(),
        shard.closed().isEmpty()
            ? null
            : new SequenceNumber(shard.space(), ends.of(shard)).value());
  }
}

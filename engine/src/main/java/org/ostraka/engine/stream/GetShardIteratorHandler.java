package org.ostraka.engine.stream;

import java.time.Clock;
import java.time.Instant;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedStream;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.GetShardIterator;
import org.ostraka.storage.Position;
import org.ostraka.storage.Store;

/**
 * Carries out GetShardIterator. Any thread.
 *
 * <p>The service's texts about sequence numbers are not known: those here are ours.
 */
public final class GetShardIteratorHandler
    implements OperationHandler<GetShardIterator.Request, GetShardIterator.Response> {
  private final Gate gate;
  private final Store store;
  private final Clock clock;

  public GetShardIteratorHandler(Gate gate, Store store, Clock clock) {
    this.gate = gate;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public GetShardIterator.Response handle(Caller caller, GetShardIterator.Request request) {
    AdmittedStream admitted =
        gate.admit(caller, Action.GET_SHARD_ITERATOR, StreamView.arn(request.streamArn()));
    Instant now = clock.instant();
    StreamView view = StreamView.of(admitted, now);
    LogHistory.Shard shard = view.shard(request.shardId());
    Position after = after(request, shard, new ShardRecords(store, shard.id(), now));
    return new GetShardIterator.Response(
        new ShardIterator(admitted.arn(), shard.space(), after, now).text());
  }

  private static Position after(
      GetShardIterator.Request request, LogHistory.Shard shard, ShardRecords records) {
    return switch (request.type()) {
      case TRIM_HORIZON -> {
        refuseSequenceNumber(request);
        yield records.horizon();
      }
      case LATEST -> {
        refuseSequenceNumber(request);
        yield records.newest();
      }
      case AT_SEQUENCE_NUMBER -> records.requireKept(position(request, shard, records).before());
      case AFTER_SEQUENCE_NUMBER -> records.requireKept(position(request, shard, records));
    };
  }

  private static void refuseSequenceNumber(GetShardIterator.Request request) {
    if (request.sequenceNumber() != null) {
      throw ValidationException.ofParameters(
          "SequenceNumber must not be specified when ShardIteratorType is " + request.type());
    }
  }

  private static Position position(
      GetShardIterator.Request request, LogHistory.Shard shard, ShardRecords records) {
    if (request.sequenceNumber() == null) {
      throw ValidationException.ofParameters(
          "SequenceNumber is required when ShardIteratorType is " + request.type());
    }
    return SequenceNumber.parse(request.sequenceNumber())
        .filter(number -> number.shard().equals(shard.space()))
        .map(SequenceNumber::position)
        .filter(position -> position.compareTo(records.newest()) <= 0)
        .orElseThrow(() ->
            ValidationException.ofParameters(
                "SequenceNumber is not in the range of the shard: " + request.sequenceNumber()));
  }
}

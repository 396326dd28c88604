package org.ostraka.engine.stream;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.Limits;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableName;
import org.ostraka.model.operation.ListStreams;

/** Carries out ListStreams. Any thread. */
public final class ListStreamsHandler
    implements OperationHandler<ListStreams.Request, ListStreams.Response> {
  private final Gate gate;
  private final Clock clock;

  public ListStreamsHandler(Gate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public ListStreams.Response handle(Caller caller, ListStreams.Request request) {
    Optional<StreamArn> start = Optional.ofNullable(request.exclusiveStart()).map(StreamView::arn);
    Optional<TableName> from =
        Optional.ofNullable(request.tableName()).or(() -> start.map(arn -> arn.table().table()));
    int limit = request.limit() == null ? Limits.STREAMS_OF_A_PAGE : request.limit();
    Instant now = clock.instant();
    List<StreamArn> found =
        gate.histories(caller, from).stream()
            .filter(each -> isWanted(each.arn().table(), request.tableName()))
            .flatMap(each ->
                each.history().streams().stream()
                    .filter(stream -> StreamView.isReadable(stream, now))
                    .map(stream -> new StreamArn(each.arn(), stream.label()))
                    .distinct()
                    .sorted())
            .filter(arn -> start.map(after -> isAfter(arn, after)).orElse(true))
            .limit(limit + 1L)
            .toList();
    boolean more = found.size() > limit;
    List<StreamArn> page = more ? found.subList(0, limit) : found;
    return new ListStreams.Response(page, more ? page.getLast() : null);
  }

  private static boolean isWanted(TableName table, @Nullable TableName wanted) {
    return wanted == null || table.equals(wanted);
  }

  /** Streams are ordered by their tables' names, then by their labels. */
  private static boolean isAfter(StreamArn arn, StreamArn start) {
    int tables = arn.table().table().value().compareTo(start.table().table().value());
    return tables == 0 ? arn.label().compareTo(start.label()) > 0 : tables > 0;
  }
}

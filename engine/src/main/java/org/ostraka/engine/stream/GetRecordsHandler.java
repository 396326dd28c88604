package org.ostraka.engine.stream;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedStream;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.model.Bytes;
import org.ostraka.model.Caller;
import org.ostraka.model.Limits;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;

/** Carries out GetRecords. Any thread. */
public final class GetRecordsHandler
    implements ItemOperationHandler<GetRecords.Request, GetRecords.Response> {
  private final Gate gate;
  private final Store store;
  private final Clock clock;

  public GetRecordsHandler(Gate gate, Store store, Clock clock) {
    this.gate = gate;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public GetRecords.Response handle(
      Caller caller, GetRecords.Request request, Allowance allowance) {
    ShardIterator from = ShardIterator.of(request.shardIterator());
    AdmittedStream admitted = gate.admit(caller, Action.GET_RECORDS, from.stream());
    Instant now = clock.instant();
    from.requireFresh(now);
    // First the shard, then its records: a shard that is closed here gets no further records.
    StreamView view = StreamView.of(admitted, now);
    LogHistory.Shard shard = view.shard(from.shard());
    RowKey heavy = pages(shard);
    allowance.expect(heavy);
    ShardRecords records = new ShardRecords(store, shard.id(), now);
    int limit = request.limit() == null ? Limits.STREAM_RECORDS_OF_A_PAGE : request.limit();
    LogPage page = records.page(from.after(), limit, Limits.STREAM_PAGE_BYTES);
    allowance.found(heavy, bytes(page));
    boolean ended = shard.closed().isPresent() && page.next().compareTo(records.newest()) >= 0;
    List<GetRecords.StreamRecord> shown = shown(view, shard, page, allowance);
    admitted.returned(
        shown.size(), shown.stream().mapToLong(GetRecords.StreamRecord::sizeBytes).sum());
    return new GetRecords.Response(shown, ended ? null : from.goingOn(page.next(), now).text());
  }

  /**
   * Returns the key under which the work of a shard's pages is remembered, as that of large rows
   * is: a reader who is behind asks for one full page after the other.
   */
  private static RowKey pages(LogHistory.Shard shard) {
    return new RowKey(shard.space(), Bytes.EMPTY, Bytes.EMPTY);
  }

  private static long bytes(LogPage page) {
    long bytes = 0;
    for (LogRecord record : page.records()) {
      bytes += record.value().sizeBytes();
    }
    return bytes;
  }

  private static List<GetRecords.StreamRecord> shown(
      StreamView view, LogHistory.Shard shard, LogPage page, Allowance allowance) {
    allowance.compute(page.records().stream().mapToLong(StreamRecords::work).sum());
    allowance.holdAnswer(StreamRecords.ANSWER_TIMES * bytes(page));
    StreamRecords reading = new StreamRecords(shard.space(), view.stream().viewType());
    List<GetRecords.StreamRecord> records = new ArrayList<>(page.records().size());
    page.records().forEach(record -> records.add(reading.of(record)));
    return records;
  }
}

package org.ostraka.engine.transfer;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ExportDescription;
import org.ostraka.model.TableArn;
import org.ostraka.model.TransferArn;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ListExports;
import org.ostraka.storage.Store;

/**
 * Carries out ListExports. Any thread.
 *
 * <p>Exports of a table are listed as long as there is the table (EXPORT-020).
 */
public final class ListExportsHandler
    implements OperationHandler<ListExports.Request, ListExports.Response> {
  /** The size of a page unless the request says another one (EXPORT-016). */
  static final int PAGE = 10;

  private final Gate gate;
  private final Exports exports;

  public ListExportsHandler(Gate gate, Store store) {
    this.gate = gate;
    this.exports = new Exports(store);
  }

  @Override
  public ListExports.Response handle(Caller caller, ListExports.Request request) {
    Optional<TransferArn> start = start(TransferArn.Kind.EXPORT, request.nextToken());
    Optional<String> tableId = Optional.empty();
    if (request.tableArn() == null) {
      gate.admit(caller, Action.LIST_EXPORTS);
    } else {
      TableArn table = table(request.tableArn());
      tableId = gate.tableId(caller, Action.LIST_EXPORTS, table);
      if (tableId.isEmpty()) {
        return new ListExports.Response(List.of(), Optional.empty());
      }
    }
    Optional<String> wanted = tableId;
    List<ExportDescription> found =
        exports.all(caller.owner()).stream()
            .filter(export -> wanted.filter(id -> !id.equals(export.tableId())).isEmpty())
            .filter(export -> start.filter(last -> export.arn().compareTo(last) >= 0).isEmpty())
            .toList();
    int limit = Optional.ofNullable(request.maxResults()).orElse(PAGE);
    return found.size() <= limit
        ? new ListExports.Response(found, Optional.empty())
        : new ListExports.Response(
            found.subList(0, limit), Optional.of(found.get(limit - 1).arn().toString()));
  }

  static TableArn table(String text) {
    return TableArn.parse(text)
        .orElseThrow(() -> ValidationException.ofParameters("tableArn is not a valid ARN"));
  }

  /** Returns the transfer after which a page begins. */
  static Optional<TransferArn> start(TransferArn.Kind kind, @Nullable String token) {
    return Optional.ofNullable(token)
        .map(text ->
            TransferArn.parse(kind, text)
                // Our own text: the service's is not known.
                .orElseThrow(() -> ValidationException.ofParameters("Invalid NextToken")));
  }
}

package org.ostraka.engine.table;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.TableName;
import org.ostraka.model.operation.ListTables;

/** Carries out ListTables. Any thread. */
public final class ListTablesHandler
    implements OperationHandler<ListTables.Request, ListTables.Response> {
  /** The maximum number of names on a page, and the default. */
  private static final int MAX_PAGE = 100;

  private final Gate gate;

  public ListTablesHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public ListTables.Response handle(Caller caller, ListTables.Request request) {
    Integer limit = request.limit();
    int size = limit == null ? MAX_PAGE : limit;
    // Read one name more than the page holds, to know whether there is a further page.
    List<TableName> names =
        gate.names(caller, Optional.ofNullable(request.exclusiveStart()), size + 1);
    if (names.size() <= size) {
      return new ListTables.Response(names, null);
    }
    return new ListTables.Response(names.subList(0, size), names.get(size - 1));
  }
}

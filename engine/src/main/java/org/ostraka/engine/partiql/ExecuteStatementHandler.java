package org.ostraka.engine.partiql;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.item.Conflicts;
import org.ostraka.engine.item.ItemChange;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.engine.query.Pages;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.Caller;
import org.ostraka.model.operation.ExecuteStatement;
import org.ostraka.storage.Store;

/** Carries out ExecuteStatement. Any thread. */
public final class ExecuteStatementHandler
    implements ItemOperationHandler<ExecuteStatement.Request, ExecuteStatement.Response> {
  private final Catalogue catalogue;
  private final Store store;
  private final Pages pages;
  private final Statements statements;
  private final Conflicts conflicts;

  public ExecuteStatementHandler(
      Catalogue catalogue, Store store, Pages pages, Statements statements, Conflicts conflicts) {
    this.catalogue = catalogue;
    this.store = store;
    this.pages = pages;
    this.statements = statements;
    this.conflicts = conflicts;
  }

  @Override
  public ExecuteStatement.Response handle(
      Caller caller, ExecuteStatement.Request request, Allowance allowance) {
    Statement statement = statements.read(request.statement());
    if (statement instanceof Statement.Exists) {
      throw Statements.misplacedExists();
    }
    Optional<PageToken> token = Optional.ofNullable(request.nextToken()).map(PageToken::of);
    Statements.requireTableName(statement);
    try (TableUse table = catalogue.use(caller.owner(), statement.table())) {
      Statements.requireSimpleKeys(table);
      if (statement instanceof Statement.Select select) {
        return new SelectReading(table, select, request).page(token, pages, allowance);
      }
      if (token.isPresent()) {
        throw PageToken.ofOther();
      }
      return written(table, statement, request, allowance);
    }
  }

  private ExecuteStatement.Response written(
      TableUse table, Statement statement, ExecuteStatement.Request request, Allowance allowance) {
    ItemWrite write = StatementWrite.of(table, statement, request.statement().tellItem());
    ItemChange change = write.apply(store, conflicts, allowance);
    return new ExecuteStatement.Response(
        change.returned().map(List::of).orElse(List.of()),
        null,
        null,
        CapacityUnits.tell(request.returnConsumedCapacity(), table.name(), change.cost()),
        false);
  }
}

package org.ostraka.engine.partiql;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.gate.Gate;
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
  private final Gate gate;
  private final Store store;
  private final Pages pages;
  private final Statements statements;
  private final Conflicts conflicts;

  public ExecuteStatementHandler(
      Gate gate, Store store, Pages pages, Statements statements, Conflicts conflicts) {
    this.gate = gate;
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
    return gate.use(
        caller,
        Statements.access(statement, request.returnConsumedCapacity(), Optional.empty()),
        (table, meter) -> {
          Statements.requireSimpleKeys(table);
          if (statement instanceof Statement.Select select) {
            return new SelectReading(table, select, request).page(token, pages, allowance, meter);
          }
          if (token.isPresent()) {
            throw PageToken.ofOther();
          }
          return written(table, statement, request, allowance, meter);
        });
  }

  private ExecuteStatement.Response written(
      TableUse table,
      Statement statement,
      ExecuteStatement.Request request,
      Allowance allowance,
      Meter meter) {
    ItemWrite write = StatementWrite.of(table, statement, request.statement().returnsItem());
    ItemChange change = write.apply(store, conflicts, allowance, meter);
    return new ExecuteStatement.Response(
        change.returned().map(List::of).orElse(List.of()),
        null,
        null,
        meter.answer(request.returnConsumedCapacity()),
        false);
  }
}

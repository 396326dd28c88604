package org.ostraka.engine.partiql;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.item.Conflicts;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.metric.ItemOperation;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.Caller;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchExecuteStatement;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.storage.Store;

/** Carries out BatchExecuteStatement. Any thread. */
public final class BatchExecuteStatementHandler
    implements ItemOperationHandler<BatchExecuteStatement.Request, BatchExecuteStatement.Response> {
  private final Gate gate;
  private final Store store;
  private final Statements statements;
  private final Conflicts conflicts;

  public BatchExecuteStatementHandler(
      Gate gate, Store store, Statements statements, Conflicts conflicts) {
    this.gate = gate;
    this.store = store;
    this.statements = statements;
    this.conflicts = conflicts;
  }

  @Override
  public BatchExecuteStatement.Response handle(
      Caller caller, BatchExecuteStatement.Request request, Allowance allowance) {
    List<BatchMember> members =
        request.statements().stream().map(asked -> member(caller, request, asked)).toList();
    List<Statement> legal = members.stream().flatMap(each -> each.statement().stream()).toList();
    boolean reads = legal.stream().anyMatch(Statement::isRead);
    if (reads && !legal.stream().allMatch(Statement::isRead)) {
      throw new ValidationException(
          "Read and write requests together in the same batch is not supported.");
    }
    List<Access> accesses =
        members.stream()
            .filter(BatchMember::isOpen)
            .map(each -> access(request, each.statement().orElseThrow()))
            .toList();
    BatchWrites writes = new BatchWrites(store, conflicts, members, allowance);
    return gate.use(
        caller,
        ItemOperation.BATCH_EXECUTE_STATEMENT,
        accesses,
        (tables, meter) ->
            reads
                ? new BatchReads(store, tables, members, allowance, meter)
                    .answer(request.returnConsumedCapacity())
                : writes.answer(tables, meter, request.returnConsumedCapacity()));
  }

  private static Access access(BatchExecuteStatement.Request request, Statement statement) {
    return Statements.access(statement, request.returnConsumedCapacity(), Optional.empty());
  }

  /** Checks what can be judged of a statement without its table. */
  private BatchMember member(
      Caller caller, BatchExecuteStatement.Request request, ParameterizedStatement asked) {
    Statement statement;
    try {
      statement = statements.read(asked);
    } catch (ApiException refusal) {
      return new BatchMember(asked, Optional.empty(), Optional.of(refusal));
    }
    return new BatchMember(asked, Optional.of(statement), refusal(caller, request, statement));
  }

  private Optional<ApiException> refusal(
      Caller caller, BatchExecuteStatement.Request request, Statement statement) {
    if (statement instanceof Statement.Exists) {
      return Optional.of(Statements.misplacedExists());
    }
    try {
      Statements.requireTableName(statement);
      var _ = gate.admit(caller, access(request, statement));
      return Optional.empty();
    } catch (ApiException refusal) {
      return Optional.of(refusal);
    }
  }
}

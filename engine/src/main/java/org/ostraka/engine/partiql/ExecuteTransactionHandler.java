package org.ostraka.engine.partiql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.encoding.Fingerprint;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.item.Conflicts;
import org.ostraka.engine.item.ItemRead;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.metric.ItemOperation;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.engine.transaction.Cancellations;
import org.ostraka.engine.transaction.ReadTransaction;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.engine.transaction.TransactionSize;
import org.ostraka.engine.transaction.Transactions;
import org.ostraka.engine.transaction.WriteTransaction;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.Bytes;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ExecuteTransaction;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;

/** Carries out ExecuteTransaction by one decision on all items. Any thread. */
public final class ExecuteTransactionHandler
    implements ItemOperationHandler<ExecuteTransaction.Request, ExecuteTransaction.Response> {
  private static final String OPERATION = "ExecuteTransaction";

  private final Gate gate;
  private final Store store;
  private final Statements statements;
  private final Transactions transactions;

  public ExecuteTransactionHandler(
      Gate gate, Store store, Statements statements, Transactions transactions) {
    this.gate = gate;
    this.store = store;
    this.statements = statements;
    this.transactions = transactions;
  }

  @Override
  public ExecuteTransaction.Response handle(
      Caller caller, ExecuteTransaction.Request request, Allowance allowance) {
    List<Statement> read = read(request);
    TransactionSize.requireOfStatements(request.statements());
    boolean reads = read.stream().anyMatch(Statement::isRead);
    if (reads && !read.stream().allMatch(Statement::isRead)) {
      throw new ValidationException(
          "ExecuteTransaction API does not support both read and write operations in the same"
              + " request.");
    }
    List<Access> accesses =
        read.stream()
            .filter(statement -> Statements.mayName(statement.table()))
            .map(statement ->
                Statements.access(
                    statement, request.returnConsumedCapacity(), Optional.of("ExecuteTransaction")))
            .toList();
    return gate.use(
        caller,
        ItemOperation.EXECUTE_TRANSACTION,
        accesses,
        (tables, meter) -> {
          TransactedStatements members =
              new TransactedStatements(tables, read, request.statements());
          return reads
              ? readAll(request, members, allowance, meter)
              : writeAll(caller, request, members, allowance, meter);
        });
  }

  /** Checks what can be judged of the statements without their tables. */
  private List<Statement> read(ExecuteTransaction.Request request) {
    List<Statement> read = new ArrayList<>();
    for (ParameterizedStatement asked : request.statements()) {
      if (asked.badValue() != null) {
        throw new ValidationException(asked.badValue());
      }
      read.add(TransactedStatements.placed(read.size(), () -> statements.read(asked)));
    }
    return read;
  }

  private ExecuteTransaction.Response readAll(
      ExecuteTransaction.Request request,
      TransactedStatements members,
      Allowance allowance,
      Meter meter) {
    List<ItemRead> reads = members.reads();
    refuseTwice(reads.stream().map(ItemRead::key).toList());
    ReadTransaction transaction = new ReadTransaction(reads, members.guards());
    Cancellations.byConflict(reads.size(), transactions.conflicts().among(reads.size()));
    List<ItemRead.Found> found = transaction.apply(store, allowance);
    List<Optional<Item>> items = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      items.add(found.get(i).item(allowance));
    }
    transaction.charge(meter, found);
    return new ExecuteTransaction.Response(
        items, meter.answers(request.returnConsumedCapacity()), true);
  }

  private ExecuteTransaction.Response writeAll(
      Caller caller,
      ExecuteTransaction.Request request,
      TransactedStatements members,
      Allowance allowance,
      Meter meter) {
    List<ItemWrite> writes = members.writes();
    List<RowKey> items = writes.stream().map(ItemWrite::key).toList();
    refuseTwice(items);
    WriteTransaction transaction =
        new WriteTransaction(writes, transactions.conflicts().among(writes.size()));
    try (Conflicts.Transacted _ = transactions.conflicts().begin(items)) {
      WriteTransaction.Done done = carryOut(caller, request, transaction, allowance);
      transaction.charge(meter, done);
      return new ExecuteTransaction.Response(
          List.of(), meter.answers(request.returnConsumedCapacity()), done.repeated());
    }
  }

  private WriteTransaction.Done carryOut(
      Caller caller,
      ExecuteTransaction.Request request,
      WriteTransaction transaction,
      Allowance allowance) {
    String token = request.clientRequestToken();
    if (token == null) {
      return transaction.apply(store, allowance, Optional.empty());
    }
    try (RequestTokens.TokenUse use =
        transactions.tokens().begin(caller.owner(), OPERATION, token, digest(request))) {
      return transaction.apply(store, allowance, Optional.of(use));
    }
  }

  /**
   * Returns a digest that is the same for the same statements with the same parameters. Part of the
   * format on disk.
   */
  private static Bytes digest(ExecuteTransaction.Request request) {
    Fingerprint digest = new Fingerprint();
    for (ParameterizedStatement statement : request.statements()) {
      digest.text(statement.text());
      digest.values(statement.parameters());
      digest.flag(statement.returnsItem());
    }
    return digest.sha256();
  }

  private static void refuseTwice(List<RowKey> keys) {
    Set<RowKey> seen = new HashSet<>();
    if (!keys.stream().allMatch(seen::add)) {
      throw new ValidationException(
          "Transaction request cannot include multiple operations on one item");
    }
  }
}

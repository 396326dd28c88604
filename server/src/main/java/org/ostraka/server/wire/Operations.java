package org.ostraka.server.wire;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.DescribeEndpointsHandler;
import org.ostraka.engine.EngineSettings;
import org.ostraka.engine.batch.BatchGetItemHandler;
import org.ostraka.engine.batch.BatchWriteItemHandler;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.item.DeleteItemHandler;
import org.ostraka.engine.item.GetItemHandler;
import org.ostraka.engine.item.PutItemHandler;
import org.ostraka.engine.item.UpdateItemHandler;
import org.ostraka.engine.partiql.BatchExecuteStatementHandler;
import org.ostraka.engine.partiql.ExecuteStatementHandler;
import org.ostraka.engine.partiql.ExecuteTransactionHandler;
import org.ostraka.engine.partiql.Statements;
import org.ostraka.engine.query.Pages;
import org.ostraka.engine.query.QueryHandler;
import org.ostraka.engine.query.ScanHandler;
import org.ostraka.engine.table.CreateTableHandler;
import org.ostraka.engine.table.DeleteTableHandler;
import org.ostraka.engine.table.DescribeLimitsHandler;
import org.ostraka.engine.table.DescribeTableHandler;
import org.ostraka.engine.table.ListTablesHandler;
import org.ostraka.engine.table.UpdateTableHandler;
import org.ostraka.engine.transaction.TransactGetItemsHandler;
import org.ostraka.engine.transaction.TransactWriteItemsHandler;
import org.ostraka.engine.transaction.Transactions;
import org.ostraka.storage.Store;

/** Every operation that Ostraka has: its codec and its handler. Stateless. */
public final class Operations {
  private Operations() {}

  /**
   * DynamoDB over a store, its open catalogue, and what its transactions share.
   *
   * @param indexesAdded run when there may be an index to build
   * @param load the limits on memory and computing of requests
   */
  public static Service over(
      Store store,
      Catalogue catalogue,
      Transactions transactions,
      Clock clock,
      Supplier<UUID> ids,
      EngineSettings settings,
      Runnable indexesAdded,
      LoadControl load) {
    Expressions expressions = new Expressions();
    Service.Builder builder =
        new Service.Builder(List.of("dynamodb"), "com.amazonaws.dynamodb.v20120810", load)
            .targetPrefix("DynamoDB_20120810");
    addTables(builder, catalogue, clock, ids, settings, indexesAdded);
    addItems(builder, catalogue, store, expressions, transactions);
    Pages pages = new Pages(store, settings.pagesAtOnce());
    addPages(builder, catalogue, pages, expressions);
    addSeveral(builder, catalogue, store, expressions, transactions);
    addStatements(builder, catalogue, store, pages, transactions);
    return builder.build();
  }

  private static void addTables(
      Service.Builder builder,
      Catalogue catalogue,
      Clock clock,
      Supplier<UUID> ids,
      EngineSettings settings,
      Runnable indexesAdded) {
    builder
        .add(
            "CreateTable",
            new CreateTableCodec(),
            new CreateTableHandler(catalogue, clock, ids, settings))
        .add("DescribeTable", new DescribeTableCodec(), new DescribeTableHandler(catalogue, clock))
        .add("ListTables", new ListTablesCodec(), new ListTablesHandler(catalogue))
        .add(
            "UpdateTable",
            new UpdateTableCodec(),
            new UpdateTableHandler(catalogue, clock, settings, indexesAdded))
        .add(
            "DeleteTable",
            new DeleteTableCodec(),
            new DeleteTableHandler(catalogue, clock, settings))
        .add("DescribeLimits", new DescribeLimitsCodec(), new DescribeLimitsHandler())
        .add("DescribeEndpoints", new DescribeEndpointsCodec(), new DescribeEndpointsHandler());
  }

  private static void addItems(
      Service.Builder builder,
      Catalogue catalogue,
      Store store,
      Expressions expressions,
      Transactions transactions) {
    builder
        .add(
            "PutItem",
            new PutItemCodec(),
            new PutItemHandler(catalogue, store, expressions, transactions.conflicts()))
        .add("GetItem", new GetItemCodec(), new GetItemHandler(catalogue, store, expressions))
        .add(
            "DeleteItem",
            new DeleteItemCodec(),
            new DeleteItemHandler(catalogue, store, expressions, transactions.conflicts()))
        .add(
            "UpdateItem",
            new UpdateItemCodec(),
            new UpdateItemHandler(catalogue, store, expressions, transactions.conflicts()));
  }

  private static void addPages(
      Service.Builder builder, Catalogue catalogue, Pages pages, Expressions expressions) {
    builder
        .add("Query", new QueryCodec(), new QueryHandler(catalogue, pages, expressions))
        .add("Scan", new ScanCodec(), new ScanHandler(catalogue, pages, expressions));
  }

  private static void addSeveral(
      Service.Builder builder,
      Catalogue catalogue,
      Store store,
      Expressions expressions,
      Transactions transactions) {
    builder
        .add(
            "BatchGetItem",
            new BatchGetItemCodec(),
            new BatchGetItemHandler(catalogue, store, expressions))
        .add(
            "BatchWriteItem",
            new BatchWriteItemCodec(),
            new BatchWriteItemHandler(catalogue, store))
        .add(
            "TransactWriteItems",
            new TransactWriteItemsCodec(),
            new TransactWriteItemsHandler(catalogue, store, expressions, transactions))
        .add(
            "TransactGetItems",
            new TransactGetItemsCodec(),
            new TransactGetItemsHandler(catalogue, store, expressions, transactions));
  }

  private static void addStatements(
      Service.Builder builder,
      Catalogue catalogue,
      Store store,
      Pages pages,
      Transactions transactions) {
    Statements statements = new Statements();
    builder
        .add(
            "ExecuteStatement",
            new ExecuteStatementCodec(),
            new ExecuteStatementHandler(
                catalogue, store, pages, statements, transactions.conflicts()))
        .add(
            "BatchExecuteStatement",
            new BatchExecuteStatementCodec(),
            new BatchExecuteStatementHandler(
                catalogue, store, statements, transactions.conflicts()))
        .add(
            "ExecuteTransaction",
            new ExecuteTransactionCodec(),
            new ExecuteTransactionHandler(catalogue, store, statements, transactions));
  }
}

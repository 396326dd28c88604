package org.ostraka.engine;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.backup.CreateBackupHandler;
import org.ostraka.engine.backup.DeleteBackupHandler;
import org.ostraka.engine.backup.DescribeBackupHandler;
import org.ostraka.engine.backup.DescribeContinuousBackupsHandler;
import org.ostraka.engine.backup.ListBackupsHandler;
import org.ostraka.engine.backup.RestoreTableFromBackupHandler;
import org.ostraka.engine.backup.RestoreTableToPointInTimeHandler;
import org.ostraka.engine.backup.UpdateContinuousBackupsHandler;
import org.ostraka.engine.batch.BatchGetItemHandler;
import org.ostraka.engine.batch.BatchWriteItemHandler;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.endpoint.DescribeEndpointsHandler;
import org.ostraka.engine.expiry.DescribeTimeToLiveHandler;
import org.ostraka.engine.expiry.UpdateTimeToLiveHandler;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.item.Conflicts;
import org.ostraka.engine.item.DeleteItemHandler;
import org.ostraka.engine.item.GetItemHandler;
import org.ostraka.engine.item.PutItemHandler;
import org.ostraka.engine.item.UpdateItemHandler;
import org.ostraka.engine.kinesis.DescribeKinesisStreamingDestinationHandler;
import org.ostraka.engine.kinesis.DisableKinesisStreamingDestinationHandler;
import org.ostraka.engine.kinesis.EnableKinesisStreamingDestinationHandler;
import org.ostraka.engine.kinesis.UpdateKinesisStreamingDestinationHandler;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.partiql.BatchExecuteStatementHandler;
import org.ostraka.engine.partiql.ExecuteStatementHandler;
import org.ostraka.engine.partiql.ExecuteTransactionHandler;
import org.ostraka.engine.partiql.Statements;
import org.ostraka.engine.policy.DeleteResourcePolicyHandler;
import org.ostraka.engine.policy.GetResourcePolicyHandler;
import org.ostraka.engine.policy.PutResourcePolicyHandler;
import org.ostraka.engine.query.Pages;
import org.ostraka.engine.query.QueryHandler;
import org.ostraka.engine.query.ScanHandler;
import org.ostraka.engine.region.AccountReplicas;
import org.ostraka.engine.region.DescribeTableReplicaAutoScalingHandler;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.engine.region.LegacyGlobalTables;
import org.ostraka.engine.region.ReplicaUpdates;
import org.ostraka.engine.region.UpdateTableReplicaAutoScalingHandler;
import org.ostraka.engine.scaling.AutoScaling;
import org.ostraka.engine.scaling.ScalingSettings;
import org.ostraka.engine.stream.DescribeStreamHandler;
import org.ostraka.engine.stream.GetRecordsHandler;
import org.ostraka.engine.stream.GetShardIteratorHandler;
import org.ostraka.engine.stream.ListStreamsHandler;
import org.ostraka.engine.table.CreateTableHandler;
import org.ostraka.engine.table.DeleteTableHandler;
import org.ostraka.engine.table.DescribeContributorInsightsHandler;
import org.ostraka.engine.table.DescribeLimitsHandler;
import org.ostraka.engine.table.DescribeTableHandler;
import org.ostraka.engine.table.ListContributorInsightsHandler;
import org.ostraka.engine.table.ListTablesHandler;
import org.ostraka.engine.table.UpdateContributorInsightsHandler;
import org.ostraka.engine.table.UpdateTableHandler;
import org.ostraka.engine.tag.ListTagsOfResourceHandler;
import org.ostraka.engine.tag.TagResourceHandler;
import org.ostraka.engine.tag.UntagResourceHandler;
import org.ostraka.engine.transaction.RequestTokens;
import org.ostraka.engine.transaction.TransactGetItemsHandler;
import org.ostraka.engine.transaction.TransactWriteItemsHandler;
import org.ostraka.engine.transaction.Transactions;
import org.ostraka.engine.transfer.CancelBulkOperationHandler;
import org.ostraka.engine.transfer.DescribeBulkOperationHandler;
import org.ostraka.engine.transfer.DescribeExportHandler;
import org.ostraka.engine.transfer.DescribeImportHandler;
import org.ostraka.engine.transfer.ExportTableToPointInTimeHandler;
import org.ostraka.engine.transfer.ImportTableHandler;
import org.ostraka.engine.transfer.ListBulkOperationsHandler;
import org.ostraka.engine.transfer.ListExportsHandler;
import org.ostraka.engine.transfer.ListImportsHandler;
import org.ostraka.engine.transfer.StartBulkPutItemsHandler;
import org.ostraka.model.operation.BatchExecuteStatement;
import org.ostraka.model.operation.BatchGetItem;
import org.ostraka.model.operation.BatchWriteItem;
import org.ostraka.model.operation.CancelBulkOperation;
import org.ostraka.model.operation.CreateBackup;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.DeleteBackup;
import org.ostraka.model.operation.DeleteItem;
import org.ostraka.model.operation.DeleteResourcePolicy;
import org.ostraka.model.operation.DeleteTable;
import org.ostraka.model.operation.DescribeBackup;
import org.ostraka.model.operation.DescribeBulkOperation;
import org.ostraka.model.operation.DescribeContinuousBackups;
import org.ostraka.model.operation.DescribeContributorInsights;
import org.ostraka.model.operation.DescribeEndpoints;
import org.ostraka.model.operation.DescribeExport;
import org.ostraka.model.operation.DescribeImport;
import org.ostraka.model.operation.DescribeKinesisStreamingDestination;
import org.ostraka.model.operation.DescribeLimits;
import org.ostraka.model.operation.DescribeStream;
import org.ostraka.model.operation.DescribeTable;
import org.ostraka.model.operation.DescribeTableReplicaAutoScaling;
import org.ostraka.model.operation.DescribeTimeToLive;
import org.ostraka.model.operation.DisableKinesisStreamingDestination;
import org.ostraka.model.operation.EnableKinesisStreamingDestination;
import org.ostraka.model.operation.ExecuteStatement;
import org.ostraka.model.operation.ExecuteTransaction;
import org.ostraka.model.operation.ExportTableToPointInTime;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.model.operation.GetResourcePolicy;
import org.ostraka.model.operation.GetShardIterator;
import org.ostraka.model.operation.ImportTable;
import org.ostraka.model.operation.LegacyGlobalTable;
import org.ostraka.model.operation.ListBackups;
import org.ostraka.model.operation.ListBulkOperations;
import org.ostraka.model.operation.ListContributorInsights;
import org.ostraka.model.operation.ListExports;
import org.ostraka.model.operation.ListGlobalTables;
import org.ostraka.model.operation.ListImports;
import org.ostraka.model.operation.ListStreams;
import org.ostraka.model.operation.ListTables;
import org.ostraka.model.operation.ListTagsOfResource;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.PutItem;
import org.ostraka.model.operation.PutResourcePolicy;
import org.ostraka.model.operation.Query;
import org.ostraka.model.operation.RestoreTableFromBackup;
import org.ostraka.model.operation.RestoreTableToPointInTime;
import org.ostraka.model.operation.Scan;
import org.ostraka.model.operation.StartBulkPutItems;
import org.ostraka.model.operation.TagResource;
import org.ostraka.model.operation.TransactGetItems;
import org.ostraka.model.operation.TransactWriteItems;
import org.ostraka.model.operation.UntagResource;
import org.ostraka.model.operation.UpdateContinuousBackups;
import org.ostraka.model.operation.UpdateContributorInsights;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.model.operation.UpdateKinesisStreamingDestination;
import org.ostraka.model.operation.UpdateTable;
import org.ostraka.model.operation.UpdateTableReplicaAutoScaling;
import org.ostraka.model.operation.UpdateTimeToLive;
import org.ostraka.storage.Store;

/** Every operation over one store. Each method makes the handler that its name says. Any thread. */
public final class Engine {
  private final Store store;
  private final Gate gate;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final EngineSettings settings;
  private final EnginePorts ports;
  private final Transactions transactions;
  private final Pages pages;
  private final ReplicaUpdates replicas;
  private final AccountReplicas accountReplicas;
  private final Expressions expressions = new Expressions();
  private final Statements statements = new Statements();

  /**
   * Makes the engine.
   *
   * @param catalogue the store's open catalogue
   * @param tokens the store's request tokens
   * @param ids makes the ids of tables
   */
  public Engine(
      Store store,
      Catalogue catalogue,
      RequestTokens tokens,
      Clock clock,
      Supplier<UUID> ids,
      EngineSettings settings,
      EnginePorts ports) {
    this.store = store;
    this.gate =
        new Gate(
            catalogue,
            new LogHistories(store),
            ports.permissions(),
            ports.capacity(),
            ports.keys(),
            ports.nanoTime());
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
    this.ports = ports;
    GlobalTables tables = new GlobalTables(catalogue, clock, ids, settings, ports.indexesAdded());
    this.replicas =
        new ReplicaUpdates(tables, ports.peers(), table -> ScalingSettings.of(store, table));
    this.accountReplicas = new AccountReplicas(tables, ports.peers());
    this.transactions = new Transactions(tokens, new Conflicts(ports.anomalies()));
    this.pages = new Pages(store, settings.pagesAtOnce());
  }

  public OperationHandler<CreateTable.Request, CreateTable.Response> createTable() {
    return new CreateTableHandler(gate, clock, ids, settings, accountReplicas);
  }

  /** Returns the operations of Application Auto Scaling. */
  public AutoScaling autoScaling() {
    return new AutoScaling(store, gate, ports.permissions(), clock, ids);
  }

  public OperationHandler<DescribeTable.Request, DescribeTable.Response> describeTable() {
    return new DescribeTableHandler(gate, clock);
  }

  public OperationHandler<ListTables.Request, ListTables.Response> listTables() {
    return new ListTablesHandler(gate);
  }

  public OperationHandler<UpdateTable.Request, UpdateTable.Response> updateTable() {
    return new UpdateTableHandler(gate, clock, settings, ids, ports.indexesAdded(), replicas);
  }

  public OperationHandler<DeleteTable.Request, DeleteTable.Response> deleteTable() {
    return new DeleteTableHandler(gate, clock, settings, replicas, ports.archive().archiving());
  }

  public OperationHandler<TagResource.Request, TagResource.Response> tagResource() {
    return new TagResourceHandler(gate);
  }

  public OperationHandler<UntagResource.Request, UntagResource.Response> untagResource() {
    return new UntagResourceHandler(gate);
  }

  public OperationHandler<ListTagsOfResource.Request, ListTagsOfResource.Response>
      listTagsOfResource() {
    return new ListTagsOfResourceHandler(gate);
  }

  public OperationHandler<PutResourcePolicy.Request, PutResourcePolicy.Response>
      putResourcePolicy() {
    return new PutResourcePolicyHandler(gate, clock);
  }

  public OperationHandler<GetResourcePolicy.Request, GetResourcePolicy.Response>
      getResourcePolicy() {
    return new GetResourcePolicyHandler(gate);
  }

  public OperationHandler<DeleteResourcePolicy.Request, DeleteResourcePolicy.Response>
      deleteResourcePolicy() {
    return new DeleteResourcePolicyHandler(gate, clock);
  }

  public OperationHandler<DescribeContinuousBackups.Request, DescribeContinuousBackups.Response>
      describeContinuousBackups() {
    return new DescribeContinuousBackupsHandler(gate, store, clock);
  }

  public OperationHandler<CreateBackup.Request, CreateBackup.Response> createBackup() {
    return new CreateBackupHandler(gate, store, clock, ids, ports.archive());
  }

  public OperationHandler<DeleteBackup.Request, DeleteBackup.Response> deleteBackup() {
    return new DeleteBackupHandler(gate, store, ports.archive());
  }

  public OperationHandler<DescribeBackup.Request, DescribeBackup.Response> describeBackup() {
    return new DescribeBackupHandler(gate, store);
  }

  public OperationHandler<ListBackups.Request, ListBackups.Response> listBackups() {
    return new ListBackupsHandler(gate, store);
  }

  public OperationHandler<RestoreTableFromBackup.Request, RestoreTableFromBackup.Response>
      restoreTableFromBackup() {
    return new RestoreTableFromBackupHandler(gate, store, clock, ids, ports.archive());
  }

  public OperationHandler<RestoreTableToPointInTime.Request, RestoreTableToPointInTime.Response>
      restoreTableToPointInTime() {
    return new RestoreTableToPointInTimeHandler(gate, store, clock, ids, ports.archive());
  }

  public OperationHandler<ExportTableToPointInTime.Request, ExportTableToPointInTime.Response>
      exportTableToPointInTime() {
    return new ExportTableToPointInTimeHandler(
        gate, store, clock, ids, ports.transfers(), expressions);
  }

  public OperationHandler<DescribeExport.Request, DescribeExport.Response> describeExport() {
    return new DescribeExportHandler(gate, store);
  }

  public OperationHandler<ImportTable.Request, ImportTable.Response> importTable() {
    return new ImportTableHandler(
        gate,
        new CreateTableHandler(gate, clock, ids, settings, accountReplicas),
        store,
        clock,
        ids,
        ports.transfers());
  }

  public OperationHandler<StartBulkPutItems.Request, StartBulkPutItems.Response>
      startBulkPutItems() {
    return new StartBulkPutItemsHandler(gate, store, clock, ids, ports.transfers());
  }

  public OperationHandler<DescribeBulkOperation.Request, DescribeBulkOperation.Response>
      describeBulkOperation() {
    return new DescribeBulkOperationHandler(gate, store);
  }

  public OperationHandler<ListBulkOperations.Request, ListBulkOperations.Response>
      listBulkOperations() {
    return new ListBulkOperationsHandler(gate, store);
  }

  public OperationHandler<CancelBulkOperation.Request, CancelBulkOperation.Response>
      cancelBulkOperation() {
    return new CancelBulkOperationHandler(gate, store, ports.transfers());
  }

  public OperationHandler<DescribeImport.Request, DescribeImport.Response> describeImport() {
    return new DescribeImportHandler(gate, store);
  }

  public OperationHandler<ListImports.Request, ListImports.Response> listImports() {
    return new ListImportsHandler(gate, store);
  }

  public OperationHandler<ListExports.Request, ListExports.Response> listExports() {
    return new ListExportsHandler(gate, store);
  }

  public OperationHandler<UpdateContinuousBackups.Request, UpdateContinuousBackups.Response>
      updateContinuousBackups() {
    return new UpdateContinuousBackupsHandler(
        gate, store, clock, ids, settings.streams(), ports.archive());
  }

  public OperationHandler<DescribeContributorInsights.Request, DescribeContributorInsights.Response>
      describeContributorInsights() {
    return new DescribeContributorInsightsHandler(gate, clock);
  }

  public OperationHandler<UpdateContributorInsights.Request, UpdateContributorInsights.Response>
      updateContributorInsights() {
    return new UpdateContributorInsightsHandler(gate, clock, settings);
  }

  public OperationHandler<ListContributorInsights.Request, ListContributorInsights.Response>
      listContributorInsights() {
    return new ListContributorInsightsHandler(gate, clock);
  }

  public OperationHandler<
          DescribeKinesisStreamingDestination.Request, DescribeKinesisStreamingDestination.Response>
      describeKinesisStreamingDestination() {
    return new DescribeKinesisStreamingDestinationHandler(gate);
  }

  public OperationHandler<
          EnableKinesisStreamingDestination.Request, EnableKinesisStreamingDestination.Response>
      enableKinesisStreamingDestination() {
    return new EnableKinesisStreamingDestinationHandler(gate);
  }

  public OperationHandler<
          UpdateKinesisStreamingDestination.Request, UpdateKinesisStreamingDestination.Response>
      updateKinesisStreamingDestination() {
    return new UpdateKinesisStreamingDestinationHandler(gate);
  }

  public OperationHandler<
          DisableKinesisStreamingDestination.Request, DisableKinesisStreamingDestination.Response>
      disableKinesisStreamingDestination() {
    return new DisableKinesisStreamingDestinationHandler(gate);
  }

  public OperationHandler<LegacyGlobalTable.Request, LegacyGlobalTable.Response>
      createGlobalTable() {
    return new LegacyGlobalTables(gate)::create;
  }

  public OperationHandler<LegacyGlobalTable.Request, LegacyGlobalTable.Response>
      updateGlobalTable() {
    return new LegacyGlobalTables(gate)::update;
  }

  public OperationHandler<LegacyGlobalTable.Request, LegacyGlobalTable.Response>
      describeGlobalTable() {
    return new LegacyGlobalTables(gate)::describe;
  }

  public OperationHandler<LegacyGlobalTable.Request, LegacyGlobalTable.Response>
      describeGlobalTableSettings() {
    return new LegacyGlobalTables(gate)::describeSettings;
  }

  public OperationHandler<LegacyGlobalTable.Request, LegacyGlobalTable.Response>
      updateGlobalTableSettings() {
    return new LegacyGlobalTables(gate)::updateSettings;
  }

  public OperationHandler<
          DescribeTableReplicaAutoScaling.Request, DescribeTableReplicaAutoScaling.Response>
      describeTableReplicaAutoScaling() {
    return describingScaling();
  }

  public OperationHandler<
          UpdateTableReplicaAutoScaling.Request, DescribeTableReplicaAutoScaling.Response>
      updateTableReplicaAutoScaling() {
    return new UpdateTableReplicaAutoScalingHandler(gate, autoScaling(), describingScaling());
  }

  private DescribeTableReplicaAutoScalingHandler describingScaling() {
    return new DescribeTableReplicaAutoScalingHandler(
        gate, table -> ScalingSettings.of(store, table));
  }

  public OperationHandler<ListGlobalTables.Request, ListGlobalTables.Response> listGlobalTables() {
    return new LegacyGlobalTables(gate)::list;
  }

  public OperationHandler<DescribeLimits.Request, DescribeLimits.Response> describeLimits() {
    return new DescribeLimitsHandler(gate);
  }

  public OperationHandler<UpdateTimeToLive.Request, UpdateTimeToLive.Response> updateTimeToLive() {
    return new UpdateTimeToLiveHandler(gate, clock, settings, ports.indexesAdded());
  }

  public OperationHandler<DescribeTimeToLive.Request, DescribeTimeToLive.Response>
      describeTimeToLive() {
    return new DescribeTimeToLiveHandler(gate, clock);
  }

  public OperationHandler<DescribeEndpoints.Request, DescribeEndpoints.Response>
      describeEndpoints() {
    return new DescribeEndpointsHandler(gate);
  }

  public OperationHandler<ListStreams.Request, ListStreams.Response> listStreams() {
    return new ListStreamsHandler(gate, clock);
  }

  public OperationHandler<DescribeStream.Request, DescribeStream.Response> describeStream() {
    return new DescribeStreamHandler(gate, store, clock, settings.tableTransition());
  }

  public OperationHandler<GetShardIterator.Request, GetShardIterator.Response> getShardIterator() {
    return new GetShardIteratorHandler(gate, store, clock);
  }

  public ItemOperationHandler<GetRecords.Request, GetRecords.Response> getRecords() {
    return new GetRecordsHandler(gate, store, clock);
  }

  public ItemOperationHandler<PutItem.Request, PutItem.Response> putItem() {
    return new PutItemHandler(gate, store, expressions, transactions.conflicts());
  }

  public ItemOperationHandler<GetItem.Request, GetItem.Response> getItem() {
    return new GetItemHandler(gate, store, expressions);
  }

  public ItemOperationHandler<DeleteItem.Request, DeleteItem.Response> deleteItem() {
    return new DeleteItemHandler(gate, store, expressions, transactions.conflicts());
  }

  public ItemOperationHandler<UpdateItem.Request, UpdateItem.Response> updateItem() {
    return new UpdateItemHandler(gate, store, expressions, transactions.conflicts());
  }

  public ItemOperationHandler<Query.Request, PageResponse> query() {
    return new QueryHandler(gate, pages, expressions);
  }

  public ItemOperationHandler<Scan.Request, PageResponse> scan() {
    return new ScanHandler(gate, pages, expressions);
  }

  public ItemOperationHandler<BatchGetItem.Request, BatchGetItem.Response> batchGetItem() {
    return new BatchGetItemHandler(gate, store, expressions);
  }

  public ItemOperationHandler<BatchWriteItem.Request, BatchWriteItem.Response> batchWriteItem() {
    return new BatchWriteItemHandler(gate, store);
  }

  public ItemOperationHandler<TransactWriteItems.Request, TransactWriteItems.Response>
      transactWriteItems() {
    return new TransactWriteItemsHandler(gate, store, expressions, transactions);
  }

  public ItemOperationHandler<TransactGetItems.Request, TransactGetItems.Response>
      transactGetItems() {
    return new TransactGetItemsHandler(gate, store, expressions, transactions);
  }

  public ItemOperationHandler<ExecuteStatement.Request, ExecuteStatement.Response>
      executeStatement() {
    return new ExecuteStatementHandler(gate, store, pages, statements, transactions.conflicts());
  }

  public ItemOperationHandler<BatchExecuteStatement.Request, BatchExecuteStatement.Response>
      batchExecuteStatement() {
    return new BatchExecuteStatementHandler(gate, store, statements, transactions.conflicts());
  }

  public ItemOperationHandler<ExecuteTransaction.Request, ExecuteTransaction.Response>
      executeTransaction() {
    return new ExecuteTransactionHandler(gate, store, statements, transactions);
  }
}

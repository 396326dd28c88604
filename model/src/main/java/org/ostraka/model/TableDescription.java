package org.ostraka.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the API tells of a table. Immutable.
 *
 * @param definitions the attributes that keys use, in the order in which they were given
 * @param localIndexes the local secondary indexes, in the order in which they were given
 * @param globalIndexes the global secondary indexes, likewise
 * @param warmThroughput absent while the table is being created
 * @param tableClass absent until a class is chosen; the table is then of the standard class
 */
public record TableDescription(
    TableArn arn,
    UUID id,
    Instant created,
    TableStatus status,
    List<AttributeDefinition> definitions,
    TableKey key,
    List<LocalIndex> localIndexes,
    List<GlobalIndex> globalIndexes,
    BillingModeSummary billing,
    ProvisionedThroughput throughput,
    OnDemandThroughput onDemandThroughput,
    Optional<WarmThroughput> warmThroughput,
    Optional<TableClassSummary> tableClass,
    boolean deletionProtected) {
  public TableDescription {
    definitions = List.copyOf(definitions);
    localIndexes = List.copyOf(localIndexes);
    globalIndexes = List.copyOf(globalIndexes);
  }

  /** All indexes, the local ones first. */
  public List<Index> indexes() {
    return Stream.<Index>concat(localIndexes.stream(), globalIndexes.stream()).toList();
  }

  /** The index of this name, if the table has it. */
  public Optional<Index> index(String name) {
    return indexes().stream().filter(index -> index.name().value().equals(name)).findFirst();
  }

  public TableName name() {
    return arn.table();
  }

  public TableDescription withStatus(TableStatus status) {
    return with(status, billing, throughput, warmThroughput);
  }

  public TableDescription withBilling(BillingModeSummary billing) {
    return with(status, billing, throughput, warmThroughput);
  }

  public TableDescription withThroughput(ProvisionedThroughput throughput) {
    return with(status, billing, throughput, warmThroughput);
  }

  public TableDescription withWarmThroughput(WarmThroughput warmThroughput) {
    return with(status, billing, throughput, Optional.of(warmThroughput));
  }

  public TableDescription withOnDemandThroughput(OnDemandThroughput onDemandThroughput) {
    return with(onDemandThroughput, tableClass, deletionProtected);
  }

  public TableDescription withTableClass(TableClassSummary tableClass) {
    return with(onDemandThroughput, Optional.of(tableClass), deletionProtected);
  }

  public TableDescription withDeletionProtection(boolean deletionProtected) {
    return with(onDemandThroughput, tableClass, deletionProtected);
  }

  /** The table with each of its global indexes changed. */
  public TableDescription withGlobalIndexes(UnaryOperator<GlobalIndex> change) {
    return with(definitions, globalIndexes.stream().map(change).toList());
  }

  /** The table with one of its global indexes changed. */
  public TableDescription withGlobalIndex(IndexName name, UnaryOperator<GlobalIndex> change) {
    return withGlobalIndexes(index -> index.name().equals(name) ? change.apply(index) : index);
  }

  /** The table with other global indexes, and the attributes that its keys then use. */
  public TableDescription with(
      List<AttributeDefinition> definitions, List<GlobalIndex> globalIndexes) {
    return new TableDescription(
        arn,
        id,
        created,
        status,
        definitions,
        key,
        localIndexes,
        globalIndexes,
        billing,
        throughput,
        onDemandThroughput,
        warmThroughput,
        tableClass,
        deletionProtected);
  }

  private TableDescription with(
      OnDemandThroughput onDemandThroughput,
      Optional<TableClassSummary> tableClass,
      boolean deletionProtected) {
    return new TableDescription(
        arn,
        id,
        created,
        status,
        definitions,
        key,
        localIndexes,
        globalIndexes,
        billing,
        throughput,
        onDemandThroughput,
        warmThroughput,
        tableClass,
        deletionProtected);
  }

  private TableDescription with(
      TableStatus status,
      BillingModeSummary billing,
      ProvisionedThroughput throughput,
      Optional<WarmThroughput> warmThroughput) {
    return new TableDescription(
        arn,
        id,
        created,
        status,
        definitions,
        key,
        localIndexes,
        globalIndexes,
        billing,
        throughput,
        onDemandThroughput,
        warmThroughput,
        tableClass,
        deletionProtected);
  }
}

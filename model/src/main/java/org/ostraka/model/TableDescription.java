package org.ostraka.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The description of a table, as the API returns it. Immutable.
 *
 * @param definitions the attributes that keys use, in the order in which they were given
 * @param localIndexes the local secondary indexes, in the order in which they were given
 * @param globalIndexes the global secondary indexes, likewise
 * @param warmThroughput absent while the table is being created
 * @param encryption absent for a table with the default encryption
 * @param tableClass absent until a class is chosen; the table is then of the standard class
 * @param stream the table's stream, or the last one that it had; absent when it never had one
 * @param global the global table of which it is a replica; absent for a table of one region
 * @param settingsReplication the mode that was chosen for a table of one region, or ENABLED for a
 *     replica of several accounts; absent for a replica of one account
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
    Optional<EncryptionDescription> encryption,
    boolean deletionProtected,
    Optional<LatestStream> stream,
    Optional<GlobalTable> global,
    Optional<SettingsReplication> settingsReplication) {
  public TableDescription {
    definitions = List.copyOf(definitions);
    localIndexes = List.copyOf(localIndexes);
    globalIndexes = List.copyOf(globalIndexes);
  }

  /** Returns all indexes, the local ones first. */
  public List<Index> indexes() {
    return Stream.<Index>concat(localIndexes.stream(), globalIndexes.stream()).toList();
  }

  /** Returns the index of this name; empty if the table lacks it. */
  public Optional<Index> index(String name) {
    return indexes().stream().filter(index -> index.name().value().equals(name)).findFirst();
  }

  public TableName name() {
    return arn.table();
  }

  public TableDescription withStatus(TableStatus status) {
    return with(copy -> copy.status = status);
  }

  public TableDescription withBilling(BillingModeSummary billing) {
    return with(copy -> copy.billing = billing);
  }

  public TableDescription withThroughput(ProvisionedThroughput throughput) {
    return with(copy -> copy.throughput = throughput);
  }

  public TableDescription withWarmThroughput(WarmThroughput warmThroughput) {
    return with(copy -> copy.warmThroughput = Optional.of(warmThroughput));
  }

  public TableDescription withOnDemandThroughput(OnDemandThroughput onDemandThroughput) {
    return with(copy -> copy.onDemandThroughput = onDemandThroughput);
  }

  public TableDescription withTableClass(TableClassSummary tableClass) {
    return with(copy -> copy.tableClass = Optional.of(tableClass));
  }

  public TableDescription withEncryption(Optional<EncryptionDescription> encryption) {
    return with(copy -> copy.encryption = encryption);
  }

  public TableDescription withDeletionProtection(boolean deletionProtected) {
    return with(copy -> copy.deletionProtected = deletionProtected);
  }

  /** Returns the table with another stream, or with its stream in another state. */
  public TableDescription withStream(LatestStream stream) {
    return with(copy -> copy.stream = Optional.of(stream));
  }

  /** Returns the table as a replica of a global table; of none when empty. */
  public TableDescription withGlobal(Optional<GlobalTable> global) {
    return with(copy -> copy.global = global);
  }

  /** Returns the table with another mode, or with none. */
  public TableDescription withSettingsReplication(Optional<SettingsReplication> mode) {
    return with(copy -> copy.settingsReplication = mode);
  }

  /** Returns whether it is a replica of a global table of several accounts. */
  public boolean hasSeveralAccounts() {
    return global.filter(GlobalTable::hasSeveralAccounts).isPresent();
  }

  /** Returns the table with each of its global indexes changed. */
  public TableDescription withGlobalIndexes(UnaryOperator<GlobalIndex> change) {
    return with(definitions, globalIndexes.stream().map(change).toList());
  }

  /** Returns the table with one of its global indexes changed. */
  public TableDescription withGlobalIndex(IndexName name, UnaryOperator<GlobalIndex> change) {
    return withGlobalIndexes(index -> index.name().equals(name) ? change.apply(index) : index);
  }

  /** Returns the table with other global indexes, and the attributes that its keys then use. */
  public TableDescription with(
      List<AttributeDefinition> definitions, List<GlobalIndex> globalIndexes) {
    return with(copy -> {
      copy.definitions = definitions;
      copy.globalIndexes = globalIndexes;
    });
  }

  private TableDescription with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new TableDescription(
        arn,
        id,
        created,
        copy.status,
        copy.definitions,
        key,
        localIndexes,
        copy.globalIndexes,
        copy.billing,
        copy.throughput,
        copy.onDemandThroughput,
        copy.warmThroughput,
        copy.tableClass,
        copy.encryption,
        copy.deletionProtected,
        copy.stream,
        copy.global,
        copy.settingsReplication);
  }

  /** The parts of a description that can change, while they are being changed. One thread. */
  private static final class Copy {
    private TableStatus status;
    private List<AttributeDefinition> definitions;
    private List<GlobalIndex> globalIndexes;
    private BillingModeSummary billing;
    private ProvisionedThroughput throughput;
    private OnDemandThroughput onDemandThroughput;
    private Optional<WarmThroughput> warmThroughput;
    private Optional<TableClassSummary> tableClass;
    private Optional<EncryptionDescription> encryption;
    private boolean deletionProtected;
    private Optional<LatestStream> stream;
    private Optional<GlobalTable> global;
    private Optional<SettingsReplication> settingsReplication;

    Copy(TableDescription table) {
      status = table.status;
      definitions = table.definitions;
      globalIndexes = table.globalIndexes;
      billing = table.billing;
      throughput = table.throughput;
      onDemandThroughput = table.onDemandThroughput;
      warmThroughput = table.warmThroughput;
      tableClass = table.tableClass;
      encryption = table.encryption;
      deletionProtected = table.deletionProtected;
      stream = table.stream;
      global = table.global;
      settingsReplication = table.settingsReplication;
    }
  }
}

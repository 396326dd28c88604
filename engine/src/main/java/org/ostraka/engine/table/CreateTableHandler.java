package org.ostraka.engine.table;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ostraka.engine.catalogue.ChangeLog;
import org.ostraka.engine.catalogue.ChangedTable;
import org.ostraka.engine.catalogue.Effect;
import org.ostraka.engine.catalogue.ResourcePolicies;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableSpaces;
import org.ostraka.engine.condition.TagConditions;
import org.ostraka.engine.encryption.EncryptionChange;
import org.ostraka.engine.encryption.EncryptionKeys;
import org.ostraka.engine.encryption.EncryptionRules;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.AskedKeys;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.index.IndexRules;
import org.ostraka.engine.index.KeySchemaRules;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.policy.PolicyRules;
import org.ostraka.engine.policy.PutResourcePolicyHandler;
import org.ostraka.engine.stream.Partitions;
import org.ostraka.engine.stream.StreamChange;
import org.ostraka.engine.tag.TagRules;
import org.ostraka.engine.throughput.OnDemandRules;
import org.ostraka.engine.throughput.ThroughputRules;
import org.ostraka.engine.throughput.WarmRules;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.BillingModeSummary;
import org.ostraka.model.Caller;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Index;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.Limits;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.Owner;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableClassSummary;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.model.Tags;
import org.ostraka.model.WarmThroughput;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.storage.Space;

/** Carries out CreateTable. Any thread. */
public final class CreateTableHandler
    implements OperationHandler<CreateTable.Request, CreateTable.Response> {
  private final Gate gate;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final EngineSettings settings;

  /**
   * Makes the handler.
   *
   * @param ids makes the ids of tables and of requests to the key service
   */
  public CreateTableHandler(Gate gate, Clock clock, Supplier<UUID> ids, EngineSettings settings) {
    this.gate = gate;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
  }

  @Override
  public CreateTable.Response handle(Caller caller, CreateTable.Request request) {
    EncryptionRules.requireForm(request.encryption());
    ThroughputRules.requireForCreation(request.billingMode(), request.throughput());
    boolean alone = request.localIndexes() == null && request.globalIndexes() == null;
    TableKey key = KeySchemaRules.key(request.definitions(), request.keySchema(), alone);
    IndexRules.Indexes indexes = IndexRules.of(request, key);
    OnDemandThroughput onDemand =
        OnDemandRules.forCreation(request.billingMode(), request.onDemandMaximum());
    Optional<WarmThroughput> warm =
        WarmRules.forCreation(
            WarmRules.TABLE, request.billingMode(), request.throughput(), request.warmThroughput());
    Tags tags = TagRules.ofNewTable(request.tags());
    Optional<StreamViewType> stream = StreamChange.ofCreation(request.stream());
    Optional<PolicyDocument> policy =
        Optional.ofNullable(request.resourcePolicy()).map(PolicyRules::ofTable);
    AskedKeys asked = _ -> TagConditions.of(tags);
    AdmittedTable admitted =
        gate.admit(caller, new Access(Action.CREATE_TABLE, request.tableName(), asked));
    policy.ifPresent(document -> requirePolicy(caller, admitted.arn(), document));
    if (!tags.equals(Tags.NONE)) {
      var _ = gate.admit(caller, new Access(Action.TAG_RESOURCE, request.tableName(), asked));
    }
    TableDescription creating =
        warming(describe(admitted.arn(), request, key, indexes, onDemand, stream), warm)
            .withEncryption(encryption(admitted.arn().owner(), request));
    List<TableRecord> others = admitted.tablesOfOwner();
    ChangedTable table =
        admitted.create(existing -> {
          existing.ifPresent(CreateTableHandler::refuseExisting);
          refuseBeyondLimits(admitted.arn().owner(), others, request);
          return space ->
              record(creating, space)
                  .withTags(tags)
                  .withPolicies(policies(policy, creating.created()));
        });
    return new CreateTable.Response(table.stored().description());
  }

  private void requirePolicy(Caller caller, TableArn table, PolicyDocument policy) {
    PutResourcePolicyHandler.requireControl(
        gate.admitPolicy(caller, Action.PUT_RESOURCE_POLICY, table, Optional.empty()), policy);
  }

  private static ResourcePolicies policies(Optional<PolicyDocument> policy, Instant created) {
    return policy
        .map(_ -> new ResourcePolicies(Optional.of(new ResourcePolicy(policy, created)), Map.of()))
        .orElse(ResourcePolicies.NONE);
  }

  private TableDescription describe(
      TableArn arn,
      CreateTable.Request request,
      TableKey key,
      IndexRules.Indexes indexes,
      OnDemandThroughput onDemand,
      Optional<StreamViewType> stream) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ThroughputUnits units = request.throughput();
    return new TableDescription(
        arn,
        ids.get(),
        now,
        TableStatus.CREATING,
        sorted(request.definitions()),
        key,
        indexes.local(),
        indexes.global(),
        new BillingModeSummary(
            units == null ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
            Optional.empty()),
        units == null
            ? ProvisionedThroughput.NONE
            : ProvisionedThroughput.of(units.readUnits(), units.writeUnits()),
        onDemand,
        Optional.empty(),
        Optional.ofNullable(request.tableClass())
            .map(chosen -> new TableClassSummary(chosen, Optional.empty())),
        Optional.empty(),
        request.deletionProtected(),
        stream.map(shown -> StreamChange.enabled(Optional.empty(), shown, now)),
        Optional.empty());
  }

  /** Returns the table with the warm throughput that it is to have, if the request says so. */
  private static TableDescription warming(TableDescription table, Optional<WarmThroughput> wanted) {
    return wanted.map(warm -> table.withWarmThroughput(warm.whileUpdating())).orElse(table);
  }

  private Optional<EncryptionDescription> encryption(Owner owner, CreateTable.Request request) {
    return request.encryption() == null
        ? Optional.empty()
        : EncryptionChange.ofNewTable(new EncryptionKeys(ids.get()), owner, request.encryption());
  }

  private TableRecord record(TableDescription creating, Space space) {
    Instant due = creating.created().plus(settings.tableTransition());
    TableSpaces spaces =
        new TableSpaces(space, indexSpaces(creating, space), collectionSpace(creating, space));
    Space next = new Space(space.id() + spaces.rows().size());
    int shards = Partitions.of(creating, TableSize.EMPTY, settings.streams());
    return StreamChange.withShards(
            new TableRecord(spaces, creating), next, ChangeLog.parts(shards), creating.created())
        .changing(new Effect(UnaryOperator.identity(), table -> active(table, due)), due);
  }

  /** Returns the spaces of the indexes, which follow the space of the items one by one. */
  private static Map<IndexName, Space> indexSpaces(TableDescription table, Space items) {
    Map<IndexName, Space> spaces = new HashMap<>();
    for (Index index : table.indexes()) {
      spaces.put(index.name(), new Space(items.id() + spaces.size() + 1));
    }
    return spaces;
  }

  /**
   * Returns the space after those of the indexes for the sizes of item collections; empty when the
   * table has no local indexes.
   */
  private static Optional<Space> collectionSpace(TableDescription table, Space items) {
    return table.localIndexes().isEmpty()
        ? Optional.empty()
        : Optional.of(new Space(items.id() + table.indexes().size() + 1));
  }

  private static List<AttributeDefinition> sorted(List<AttributeDefinition> definitions) {
    return definitions.stream().sorted(Comparator.comparing(AttributeDefinition::name)).toList();
  }

  private static TableDescription active(TableDescription creating, Instant since) {
    TableDescription active = creating.withStatus(TableStatus.ACTIVE);
    return switch (creating.billing().mode()) {
      case PAY_PER_REQUEST ->
          active
              .withBilling(new BillingModeSummary(BillingMode.PAY_PER_REQUEST, Optional.of(since)))
              .withWarmThroughput(warm(creating.warmThroughput(), WarmThroughput.ON_DEMAND))
              .withGlobalIndexes(index -> active(index, WarmThroughput.ON_DEMAND));
      case PROVISIONED ->
          active
              .withWarmThroughput(warm(creating.warmThroughput(), units(creating.throughput())))
              .withGlobalIndexes(index -> active(index, units(index.throughput())));
    };
  }

  private static GlobalIndex active(GlobalIndex index, WarmThroughput least) {
    return index
        .withStatus(IndexStatus.ACTIVE)
        .withWarmThroughput(warm(index.warmThroughput(), least));
  }

  private static WarmThroughput warm(Optional<WarmThroughput> wanted, WarmThroughput least) {
    return wanted.map(WarmThroughput::afterUpdate).orElse(least);
  }

  private static WarmThroughput units(ProvisionedThroughput units) {
    return new WarmThroughput(units.readUnits(), units.writeUnits());
  }

  private static void refuseExisting(TableRecord existing) {
    TableDescription table = existing.description();
    if (table.status() == TableStatus.CREATING) {
      throw ResourceInUseException.whileChanging("Table is being created: " + table.name());
    }
    throw new ResourceInUseException("Table already exists: " + table.name());
  }

  private static void refuseBeyondLimits(
      Owner owner, List<TableRecord> others, CreateTable.Request request) {
    if (others.size() >= Limits.TABLES) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: There is a limit of "
              + Limits.TABLES
              + " tables per subscriber");
    }
    ThroughputRules.requireWithinLimits(owner, others, request);
    if (request.onDemandMaximum() != null) {
      OnDemandRules.requireWithinLimits(owner, request.onDemandMaximum());
    }
    if (request.warmThroughput() != null) {
      WarmRules.requireWithinLimits(owner, WarmRules.TABLE, request.warmThroughput());
    }
  }
}

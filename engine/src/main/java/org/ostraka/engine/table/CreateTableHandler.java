package org.ostraka.engine.table;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.ChangedTable;
import org.ostraka.engine.catalogue.ResourcePolicies;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.condition.TagConditions;
import org.ostraka.engine.encryption.EncryptionChange;
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
import org.ostraka.engine.region.AccountReplicas;
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
import org.ostraka.model.Limits;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.Owner;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableClassSummary;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableKey;
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
  private final AccountReplicas replicas;

  /**
   * Makes the handler.
   *
   * @param ids makes the ids of tables and of requests to the key service
   */
  public CreateTableHandler(
      Gate gate,
      Clock clock,
      Supplier<UUID> ids,
      EngineSettings settings,
      AccountReplicas replicas) {
    this.gate = gate;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
    this.replicas = replicas;
  }

  @Override
  public CreateTable.Response handle(Caller caller, CreateTable.Request request) {
    return request.globalTableSource() == null
        ? table(caller, request)
        : replica(caller, request, ReplicaCreationRules.source(request));
  }

  private CreateTable.Response table(Caller caller, CreateTable.Request request) {
    Parts parts = Parts.of(request);
    SettingsReplicationRules.requireOfOneRegion(request.settingsReplication());
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
        describe(admitted.arn(), request, parts, stream)
            .withEncryption(encryption(admitted.arn().owner(), request));
    List<TableRecord> others = admitted.tablesOfOwner();
    ChangedTable table =
        admitted.create(existing -> {
          existing.ifPresent(CreateTableHandler::refuseExisting);
          refuseBeyondLimits(admitted.arn().owner(), others, request);
          return space ->
              NewTable.record(creating, space, settings)
                  .withTags(tags)
                  .withPolicies(policies(policy, creating.created()));
        });
    return new CreateTable.Response(table.stored().description());
  }

  /** Creates a replica of another account's table, which gives it everything that is kept equal. */
  private CreateTable.Response replica(
      Caller caller, CreateTable.Request request, TableArn source) {
    EncryptionRules.requireForm(request.encryption());
    Tags tags = TagRules.ofNewTable(request.tags());
    Optional<PolicyDocument> policy =
        Optional.ofNullable(request.resourcePolicy()).map(PolicyRules::ofTable);
    AskedKeys asked = _ -> TagConditions.of(tags);
    AdmittedTable admitted =
        gate.admit(caller, new Access(Action.CREATE_TABLE, request.tableName(), asked));
    TableArn own = admitted.arn();
    ReplicaCreationRules.requireElsewhere(source, own);
    policy.ifPresent(document -> requirePolicy(caller, own, document));
    if (!tags.equals(Tags.NONE)) {
      var _ = gate.admit(caller, new Access(Action.TAG_RESOURCE, request.tableName(), asked));
    }
    Optional<EncryptionDescription> encryption = encryption(own.owner(), request);
    encryption.ifPresent(each -> AccountReplicas.refuseManagedKey(each, own));
    List<TableRecord> others = admitted.tablesOfOwner();
    others.stream()
        .filter(other -> other.description().arn().equals(own))
        .forEach(CreateTableHandler::refuseExisting);
    refuseBeyondLimits(own.owner(), others, request);
    TableDescription associated =
        replicas.associate(
            source,
            own,
            member -> gate.crossAccountCaller(caller, Action.ASSOCIATE_TABLE_REPLICA, member),
            policy);
    Function<Space, TableRecord> joined = replicas.record(associated, own);
    ChangedTable table =
        admitted.create(existing -> {
          existing.ifPresent(CreateTableHandler::refuseExisting);
          return joined.andThen(record ->
              record
                  .with(each -> withOwnSettings(each, request, encryption))
                  .withTags(tags)
                  .withPolicies(policies(policy, record.description().created())));
        });
    return new CreateTable.Response(table.stored().description());
  }

  private static TableDescription withOwnSettings(
      TableDescription table,
      CreateTable.Request request,
      Optional<EncryptionDescription> encryption) {
    TableDescription own =
        table.withEncryption(encryption).withDeletionProtection(request.deletionProtected());
    return request.tableClass() == null
        ? own
        : own.withTableClass(new TableClassSummary(request.tableClass(), Optional.empty()));
  }

  /** What a request says of the parts of a table. Immutable. */
  private record Parts(
      TableKey key,
      IndexRules.Indexes indexes,
      OnDemandThroughput onDemand,
      Optional<WarmThroughput> warm) {
    /** Refuses a request of which no table can be made. */
    static Parts of(CreateTable.Request request) {
      EncryptionRules.requireForm(request.encryption());
      ThroughputRules.requireForCreation(request.billingMode(), request.throughput());
      boolean alone = request.localIndexes() == null && request.globalIndexes() == null;
      TableKey key = KeySchemaRules.key(request.definitions(), request.keySchema(), alone);
      IndexRules.Indexes indexes = IndexRules.of(request, key);
      return new Parts(
          key,
          indexes,
          OnDemandRules.forCreation(request.billingMode(), request.onDemandMaximum()),
          WarmRules.forCreation(
              WarmRules.TABLE,
              request.billingMode(),
              request.throughput(),
              request.warmThroughput()));
    }
  }

  /** Refuses a request of which no table can be made. */
  public static void requireForm(CreateTable.Request request) {
    var _ = Parts.of(request);
  }

  /** Returns the table that a request asks for, which somebody else is going to make. */
  public TableDescription plan(TableArn arn, CreateTable.Request request) {
    return describe(arn, request, Parts.of(request), Optional.empty())
        .withEncryption(encryption(arn.owner(), request));
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
      TableArn arn, CreateTable.Request request, Parts parts, Optional<StreamViewType> stream) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ThroughputUnits units = request.throughput();
    TableDescription table =
        new TableDescription(
            arn,
            ids.get(),
            now,
            TableStatus.CREATING,
            sorted(request.definitions()),
            parts.key(),
            parts.indexes().local(),
            parts.indexes().global(),
            new BillingModeSummary(
                units == null ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
                Optional.empty()),
            units == null
                ? ProvisionedThroughput.NONE
                : ProvisionedThroughput.of(units.readUnits(), units.writeUnits()),
            parts.onDemand(),
            Optional.empty(),
            Optional.ofNullable(request.tableClass())
                .map(chosen -> new TableClassSummary(chosen, Optional.empty())),
            Optional.empty(),
            request.deletionProtected(),
            stream.map(shown -> StreamChange.enabled(Optional.empty(), shown, now)),
            Optional.empty(),
            Optional.ofNullable(request.settingsReplication()));
    return warming(table, parts.warm());
  }

  /** Returns the table with the warm throughput that it is to have, if the request says so. */
  private static TableDescription warming(TableDescription table, Optional<WarmThroughput> wanted) {
    return wanted.map(warm -> table.withWarmThroughput(warm.whileUpdating())).orElse(table);
  }

  private Optional<EncryptionDescription> encryption(Owner owner, CreateTable.Request request) {
    return request.encryption() == null
        ? Optional.empty()
        : EncryptionChange.ofNewTable(
            gate.encryptionKeys(ids.get(), owner, request.encryption()),
            owner,
            request.encryption());
  }

  private static List<AttributeDefinition> sorted(List<AttributeDefinition> definitions) {
    return definitions.stream().sorted(Comparator.comparing(AttributeDefinition::name)).toList();
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

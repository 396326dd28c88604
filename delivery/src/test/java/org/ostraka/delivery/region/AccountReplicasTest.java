package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.engine.gate.CrossAccountCaller;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.TableCopy;
import org.ostraka.identity.policy.Requester;
import org.ostraka.model.AccountId;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableName;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.RunningClock;

/** Replicas of several accounts, whose regions have stores of their own. */
final class AccountReplicasTest {
  private static final String TABLE = "votes";
  private static final TableArn A = arn("us-east-2", "111122223333");
  private static final TableArn B = arn("us-east-1", "444455556666");
  private static final TableArn C = arn("eu-west-1", "123456789012");
  private static final List<TableArn> ALL = List.of(A, B, C);

  private final TestNetwork network = new TestNetwork();
  private final RunningClock clock = new RunningClock();
  private final Map<TableArn, MemoryVolume> volumes = new HashMap<>();
  private final Map<TableArn, TestRegion> regions = new LinkedHashMap<>();

  private static TableArn arn(String region, String account) {
    return new TableArn(
        new Owner(new AccountId(account), new Region(region)), new TableName(TABLE));
  }

  private TestRegion open(TableArn table) {
    String name = table.owner().region().value();
    TestRegion region =
        new TestRegion(
            name,
            table.owner().account().value(),
            clock,
            network.from(name),
            new SplittableRandom(1),
            volumes.computeIfAbsent(table, _ -> new MemoryVolume(MemoryVolume.Steps.SOUND)));
    network.add(region);
    regions.put(table, region);
    return region;
  }

  /** Returns a policy of a replica that lets all three accounts replicate, and two of them join. */
  private static String policy(TableArn own) {
    String sources =
        ALL.stream().map(each -> '"' + each.toString() + '"').collect(Collectors.joining(","));
    return """
    {"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Principal":{"Service":"replication.dynamodb.amazonaws.com"},
       "Action":["dynamodb:ReadDataForReplication","dynamodb:WriteDataForReplication",
         "dynamodb:ReplicateSettings"],"Resource":"%s",
       "Condition":{"StringEquals":{"aws:SourceArn":[%s]}}},
      {"Effect":"Allow","Principal":{"AWS":["%s","%s"]},
       "Action":"dynamodb:AssociateTableReplica","Resource":"%s"}]}
    """
        .formatted(own, sources, B.owner().account(), C.owner().account(), own);
  }

  @AfterEach
  void close() {
    regions.values().forEach(TestRegion::close);
  }

  private void awaitActive(TestRegion region, int others) throws InterruptedException {
    TestRegion.await(
        region.region() + " has " + others + " others",
        () -> region.has(TABLE) && areActive(region.describe(TABLE), others));
  }

  private static boolean areActive(TableDescription table, int others) {
    return table
        .global()
        .filter(global -> global.others(table.arn().owner().region()).size() == others)
        .filter(global ->
            global.members().stream()
                .filter(GlobalTable.Member::takesPart)
                .allMatch(each -> each.state() == GlobalTable.State.ACTIVE && each.copied()))
        .isPresent();
  }

  private void awaitEqual(int items) throws InterruptedException {
    for (TestRegion region : regions.values()) {
      TestRegion.await(
          region.region() + " has all items",
          () ->
              region.items(TABLE).size() == items
                  && region.items(TABLE).equals(regions.get(A).items(TABLE)));
    }
  }

  private static Association addition(TableArn member, TableArn replica) {
    Requester requester = new Requester.Root(replica.owner().account());
    return new Association(
        member, replica, new CrossAccountCaller(requester, Map.of()), Association.Step.ADD);
  }

  @Test
  void threeAccountsBecomeEqualAfterCutsAndARestart() throws Exception {
    TestRegion a = open(A);
    TestRegion b = open(B);
    TestRegion c = open(C);
    a.createTable(TABLE, SettingsReplication.ENABLED, policy(A));
    a.put(TABLE, "before", "Graz", "1");
    b.createReplica(A, policy(B));
    awaitActive(b, 1);
    b.put(TABLE, "b", "Linz", "1");
    c.createReplica(B, policy(C));
    for (TestRegion region : regions.values()) {
      awaitActive(region, 2);
    }
    network.cut(A.owner().region(), C.owner().region());
    network.cut(C.owner().region(), A.owner().region());
    a.put(TABLE, "a", "Graz", "1");
    c.put(TABLE, "c", "Wien", "1");
    clock.advance(Duration.ofSeconds(1));
    c.put(TABLE, "before", "Wien", "2");
    b.stop();
    b.close();
    TestRegion again = open(B);
    again.put(TABLE, "again", "Linz", "1");
    network.heal();
    awaitEqual(5);
    for (TestRegion region : regions.values()) {
      awaitActive(region, 2);
      assertThat(region.check().named()).isEmpty();
    }
    again.deleteTable(TABLE);
    clock.advance(Duration.ofSeconds(70));
    awaitActive(a, 1);
    awaitActive(c, 1);
    assertThat(a.items(TABLE)).hasSize(5).isEqualTo(c.items(TABLE));
  }

  @Test
  void aReplicaIsNotAddedTwiceWhenTheAnswerWasLost() throws InterruptedException {
    TestRegion a = open(A);
    TestRegion b = open(B);
    a.createTable(TABLE, SettingsReplication.ENABLED, policy(A));
    assertThat(a.peer().associate(addition(A, B))).isInstanceOf(Association.Answer.Agreed.class);
    b.createReplica(A, policy(B));
    awaitActive(a, 1);
    awaitActive(b, 1);
  }

  @Test
  void aReplicaWhoseTableIsNotCreatedIsForgottenAfterAMinute() throws InterruptedException {
    TestRegion a = open(A);
    TestRegion b = open(B);
    a.createTable(TABLE, SettingsReplication.ENABLED, policy(A));
    assertThat(a.peer().associate(addition(A, B))).isInstanceOf(Association.Answer.Agreed.class);
    assertThat(a.describe(TABLE).status()).isEqualTo(TableStatus.UPDATING);
    clock.advance(Duration.ofSeconds(61));
    TestRegion.await("it is a table of one region", () -> a.describe(TABLE).global().isEmpty());
    assertThat(a.describe(TABLE).settingsReplication()).contains(SettingsReplication.ENABLED);
    assertThat(b.has(TABLE)).isFalse();
  }

  @Test
  void aSourceThatIsAwayOrDoesNotExistMakesNoTable() {
    TestRegion a = open(A);
    TestRegion b = open(B);
    network.cut(B.owner().region(), A.owner().region());
    assertThatThrownBy(() -> b.createReplica(A, policy(B)))
        .isInstanceOf(StorageFailedException.class);
    network.heal();
    assertThatThrownBy(() -> b.createReplica(A, policy(B)))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(a.has(TABLE)).isFalse();
    assertThat(b.has(TABLE)).isFalse();
  }

  @Test
  void anotherAccountIsJudgedByTheNameOfItsUser() {
    TestRegion a = open(A);
    a.createTable(
        TABLE,
        SettingsReplication.ENABLED,
        policy(A)
            .replace(
                '"' + B.owner().account().value() + '"', "\"arn:aws:iam::444455556666:user/ann\""));
    assertThat(answer(a, "ann")).isInstanceOf(Association.Answer.Agreed.class);
    assertThat(answer(a, "bob"))
        .isInstanceOfSatisfying(
            Association.Answer.Refused.class,
            refused ->
                assertThat(refused.error())
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("user/bob is not authorized"));
  }

  private void addThree() throws InterruptedException {
    open(A).createTable(TABLE, SettingsReplication.ENABLED, policy(A));
    regions.get(A).put(TABLE, "before", "Graz", "1");
    open(B).createReplica(A, policy(B));
    awaitActive(regions.get(B), 1);
    awaitActive(regions.get(A), 1);
    open(C).createReplica(A, policy(C));
    for (TestRegion region : regions.values()) {
      awaitActive(region, 2);
    }
  }

  /** As when a server is started with an empty directory before its own is brought back. */
  @Test
  void aReplicaThatTheOthersTookForGoneKeepsItsItems() throws InterruptedException {
    addThree();
    stop(B);
    MemoryVolume kept = Objects.requireNonNull(volumes.remove(B));
    open(B);
    awaitActive(regions.get(A), 1);
    awaitActive(regions.get(C), 1);
    stop(B);
    volumes.put(B, kept);
    TestRegion b = open(B);
    TestRegion.await("it is a table of one region", () -> b.describe(TABLE).global().isEmpty());
    assertThat(b.describe(TABLE).status()).isEqualTo(TableStatus.ACTIVE);
    assertThat(b.items(TABLE)).isNotEmpty().isEqualTo(regions.get(A).items(TABLE));
    clock.advance(Duration.ofSeconds(70));
    awaitActive(regions.get(A), 1);
    assertThat(b.has(TABLE)).isTrue();
  }

  /** Two accounts may be added in one region at once while their sources are cut off. */
  @Test
  void aReplicaWhosePlaceAnotherAccountHasIsATableOfOneRegion() throws InterruptedException {
    open(A).createTable(TABLE, SettingsReplication.ENABLED, policy(A));
    TestRegion b = open(B);
    b.createReplica(A, policy(B));
    awaitActive(b, 1);
    GlobalTable known = b.describe(TABLE).global().orElseThrow();
    Region own = B.owner().region();
    GlobalTable.Setting account = known.settings().get(GlobalTable.accountOf(own));
    GlobalTable.Setting other =
        new GlobalTable.Setting(
            C.owner().account().value(),
            account.edition().next(clock.instant(), A.owner().region()));
    TableDescription of = regions.get(A).describe(TABLE);
    TableDescription says =
        of.withGlobal(of.global().map(it -> it.with(GlobalTable.accountOf(own), other)));
    assertThat(b.peer().tell(new GroupMessage(B, says))).isEmpty();
    assertThat(b.describe(TABLE).global()).isEmpty();
    assertThat(b.items(TABLE)).isEqualTo(regions.get(A).items(TABLE));
  }

  @Test
  void aReplicaThatIsBeingAddedAndCannotBeReachedKeepsNoDeletionOut() throws InterruptedException {
    TestRegion a = addIncomplete();
    assertThatThrownBy(() -> a.deleteTable(TABLE)).isInstanceOf(ResourceInUseException.class);
    network.cut(A.owner().region(), B.owner().region());
    a.deleteTable(TABLE);
    TestRegion.await("the table is gone", () -> !a.has(TABLE));
  }

  /** It may be lost for good, and nobody else can remove its replica. */
  @Test
  void aReplicaThatIsBeingAddedAndCannotBeReachedKeepsNoChangeOfATableOut()
      throws InterruptedException {
    TestRegion a = addIncomplete();
    assertThatThrownBy(() -> a.protect(TABLE)).isInstanceOf(ResourceInUseException.class);
    network.cut(A.owner().region(), B.owner().region());
    a.protect(TABLE);
    assertThat(a.describe(TABLE).deletionProtected()).isTrue();
  }

  @Test
  void aReplicaThatIsBeingAddedAndWithdrawsItsPermissionKeepsNoDeletionOut()
      throws InterruptedException {
    TestRegion a = addIncomplete();
    assertThatThrownBy(() -> a.deleteTable(TABLE)).isInstanceOf(ResourceInUseException.class);
    String none = policy(B).replace("\"dynamodb:WriteDataForReplication\",", "");
    Objects.requireNonNull(regions.get(B)).putPolicy(TABLE, none);
    TestRegion.await(
        "the source knows that it may not write",
        () ->
            a.describe(TABLE)
                .global()
                .flatMap(global -> global.notAuthorizedSince(B.owner().region()))
                .isPresent());
    a.deleteTable(TABLE);
    TestRegion.await("the table is gone", () -> !a.has(TABLE));
  }

  /** Adds a replica that gets no items. */
  private TestRegion addIncomplete() {
    network.cutAfter(0);
    TestRegion a = open(A);
    a.createTable(TABLE, SettingsReplication.ENABLED, policy(A));
    a.put(TABLE, "before", "Graz", "1");
    open(B).createReplica(A, policy(B));
    return a;
  }

  @ParameterizedTest
  @CsvSource({"account/us-east-1,none", "account/us-east-1,''", "not-authorized/us-east-1,never"})
  void aMessageWithAnAccountOrATimeThatIsNoneIsRefused(String name, String value) {
    TestRegion a = open(A);
    a.createTable(TABLE, SettingsReplication.ENABLED, policy(A));
    assertThat(a.peer().associate(addition(A, B))).isInstanceOf(Association.Answer.Agreed.class);
    TableDescription table = a.describe(TABLE);
    GlobalTable.Setting setting =
        new GlobalTable.Setting(
            value, new GlobalTable.Edition(clock.instant(), A.owner().region()));
    Bytes message =
        new GroupMessage(
                B, table.withGlobal(table.global().map(global -> global.with(name, setting))))
            .encoded();
    assertThatThrownBy(() -> GroupMessage.of(message)).isInstanceOf(IllegalArgumentException.class);
  }

  private void stop(TableArn replica) throws InterruptedException {
    TestRegion region = Objects.requireNonNull(regions.get(replica));
    region.stop();
    region.close();
  }

  @Test
  void aCopyThatGoesOnStopsWhenThePolicyDoesNotAllowReadingAnyMore() {
    TestRegion a = open(A);
    a.createTable(TABLE, SettingsReplication.ENABLED, policy(A));
    a.put(TABLE, "before", "Graz", "1");
    assertThat(a.peer().associate(addition(A, B))).isInstanceOf(Association.Answer.Agreed.class);
    TakingPeer peer = new TakingPeer(new AtomicInteger());
    TableCopy copy = a.copy(TABLE, B.owner().region(), peer);
    a.putPolicy(TABLE, policy(A).replace("\"dynamodb:ReadDataForReplication\",", ""));
    assertThat(copy.step()).isEqualTo(TableCopy.Progress.WAITS);
    assertThat(peer.taken()).hasValue(0);
    a.putPolicy(TABLE, policy(A));
    assertThat(copy.step()).isEqualTo(TableCopy.Progress.GOES_ON);
    assertThat(peer.taken()).hasValue(1);
  }

  /** A region that counts the changes that it takes. */
  private record TakingPeer(AtomicInteger taken) implements Peer {
    @Override
    public Optional<Table> find(TableArn table) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Association.Answer associate(Association association) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      taken.addAndGet(batch.changes().size());
      return Optional.of(0);
    }
  }

  private static Association.Answer answer(TestRegion region, String user) {
    Requester requester =
        new Requester.User(B.owner().account(), "arn:aws:iam::444455556666:user/" + user);
    Association association =
        new Association(
            A,
            B,
            new CrossAccountCaller(requester, Map.of("aws:username", List.of(user))),
            Association.Step.CHECK);
    assertThat(Association.of(association.encoded())).isEqualTo(association);
    return Association.Answer.of(region.peer().associate(association).encoded());
  }
}

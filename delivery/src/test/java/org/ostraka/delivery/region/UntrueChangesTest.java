package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.ChangeBatch.Change;
import org.ostraka.engine.region.PeerException;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/** A region does not trust what another one says of its items. */
@Timeout(120)
final class UntrueChangesTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region THERE = new Region("us-east-1");
  private static final Item KEY = new Item(Map.of("id", new AttributeValue.S("a")));
  private static final Item ITEM =
      new Item(
          Map.of("id", new AttributeValue.S("a"), "value", new AttributeValue.S("x".repeat(90))));

  /** Where the size of an item stands: behind the version, in one byte up to 127. */
  private static final int SIZE_AT = 1;

  private final TestNetwork network = new TestNetwork();
  private final TestRegion here = network.region(HERE);
  private final TestRegion there = network.region(THERE);

  @BeforeEach
  void replicate() throws InterruptedException {
    here.createTable(TABLE);
    here.change(TABLE, new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE));
    TestRegion.await("the replica is there", () -> there.has(TABLE));
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Test
  void anItemThatStatesAnotherSizeIsRefusedAndItsSenderIsNamed() {
    byte[] stored = ItemEncoding.encode(ITEM).array().clone();
    assertThat((int) stored[SIZE_AT]).isEqualTo(ITEM.sizeBytes());
    stored[SIZE_AT] = 7;
    assertThatThrownBy(() -> there.peer().apply(batch(change(Bytes.wrap(stored)))))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("eu-central-1 sent a change of")
        .hasMessageContaining("an item states a size of 7 bytes and has " + ITEM.sizeBytes());
    assertThat(there.items(TABLE)).isEmpty();
  }

  @Test
  void anItemWithAnotherKeyIsRefused() {
    Bytes other = ItemEncoding.encode(new Item(Map.of("id", new AttributeValue.S("b"))));
    assertThatThrownBy(() -> there.peer().apply(batch(change(other))))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("an item has another key than its change names");
  }

  @Test
  void whatIsTrueIsAppliedAndNothingOfABatchThatIsNot() {
    Bytes cut = Bytes.wrap(new byte[] {1, 2});
    assertThatThrownBy(
            () -> there.peer().apply(batch(change(ItemEncoding.encode(ITEM)), change(cut))))
        .isInstanceOf(PeerException.class);
    assertThat(there.items(TABLE)).isEmpty();
    assertThat(there.peer().apply(batch(change(ItemEncoding.encode(ITEM))))).contains(0);
    assertThat(there.items(TABLE)).hasSize(1);
  }

  private ChangeBatch batch(Change... changes) {
    TableDescription table = there.describe(TABLE);
    UUID global = table.global().orElseThrow().id();
    return new ChangeBatch(table.arn(), HERE, global, List.of(changes));
  }

  /** Returns changes of one key; each is later than the one before. */
  private Change change(Bytes item) {
    stamp++;
    Version version = new Version(new Stamp(stamp), RegionOrigin.of(HERE));
    return new Change(version, ItemEncoding.encode(KEY), Optional.of(item));
  }

  private long stamp;
}

package org.ostraka.engine.region;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.item.ItemChange;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.scaling.ScalingSettings;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Item;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Store;

/** The regions of this store, as other regions use them. Any thread. */
public final class LocalPeer implements Peer {
  private final Store store;
  private final Catalogue catalogue;
  private final GlobalTables tables;
  private final Sent sent;

  /** Makes the peer. */
  public LocalPeer(Store store, Catalogue catalogue, GlobalTables tables, Sent sent) {
    this.store = store;
    this.catalogue = catalogue;
    this.tables = tables;
    this.sent = sent;
  }

  /** Reports how far the replication to other regions has come. Any thread. */
  @FunctionalInterface
  public interface Sent {
    /** Returns how far what was written to a replica has come to a region. */
    GroupMessage.Progress of(TableDescription replica, Region to);
  }

  @Override
  public Optional<Table> find(TableArn table) {
    return tables.find(table).map(record -> new Table(record.description().deletionProtected()));
  }

  @Override
  public Optional<GroupMessage> tell(GroupMessage message) {
    boolean waits = Disassociation.pending(message.global(), message.from()).isPresent();
    return tables
        .tell(message)
        .map(answer -> waits ? answer.with(sent.of(answer.description(), message.from())) : answer);
  }

  @Override
  public Association.Answer associate(Association association) {
    return new Associations(tables, table -> ScalingSettings.of(store, table)).answer(association);
  }

  @Override
  public Optional<Integer> apply(ChangeBatch batch) {
    List<ChangeBatch.Change> changes = newest(batch.changes());
    return catalogue.attempt(false, () -> applyOnce(batch, changes));
  }

  private Optional<Integer> applyOnce(ChangeBatch batch, List<ChangeBatch.Change> changes) {
    try (TableUse use = catalogue.use(Principal.Service.REPLICATION, batch.to())) {
      if (use.global().filter(global -> global.id().equals(batch.global())).isEmpty()) {
        return Optional.empty();
      }
      if (!permits(use.record(), batch.from())) {
        return Optional.empty();
      }
      List<ItemChange> made = new ArrayList<>();
      ItemWrites.applyInParts(
          store,
          changes.stream().map(change -> write(use, batch.from(), change)).toList(),
          Allowance.unlimited(),
          made::addAll);
      return Optional.of((int) made.stream().filter(ItemChange::isNone).count());
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    }
  }

  /** Returns whether a replica's policy allows the replication to write changes of a region. */
  private static boolean permits(TableRecord record, Region from) {
    GlobalTable global = record.description().global().orElseThrow();
    return !global.hasSeveralAccounts()
        || ReplicationPolicy.of(record)
            .allows(ReplicationPolicy.WRITE, global.replica(record.description().arn(), from));
  }

  /** Returns the last change of each item: the others would be overwritten at once. */
  private static List<ChangeBatch.Change> newest(List<ChangeBatch.Change> changes) {
    Map<Bytes, ChangeBatch.Change> newest = new LinkedHashMap<>();
    for (ChangeBatch.Change change : changes) {
      newest.merge(change.key(), change, (a, b) -> a.version().compareTo(b.version()) > 0 ? a : b);
    }
    return List.copyOf(newest.values());
  }

  /**
   * Returns the write of a change.
   *
   * @throws PeerException when the change is not what a region can have sent that tells the truth
   */
  private static ItemWrite write(TableUse use, Region from, ChangeBatch.Change change) {
    try {
      Item key = ItemEncoding.decode(change.key());
      change.item().ifPresent(stored -> requireTrue(use, key, stored));
      return ItemWrite.replicate(use, change.version(), key, change.item());
    } catch (CorruptDataException | ValidationException untrue) {
      throw new PeerException(
          from + " sent a change of " + use.arn() + " that is refused: " + untrue.getMessage(),
          untrue);
    }
  }

  /** Refuses an item that states a size that it does not have, or that has another key. */
  private static void requireTrue(TableUse use, Item key, Bytes stored) {
    Item item = ItemEncoding.received(stored);
    boolean isOfKey =
        ItemKey.ofItem(use.items(), use.key(), item)
            .equals(ItemKey.ofKey(use.items(), use.key(), key));
    if (!isOfKey) {
      throw new CorruptDataException("an item has another key than its change names");
    }
  }
}

package org.ostraka.engine.region;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.item.ItemChange;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.storage.Store;

/** The regions of this store, as other regions use them. Any thread. */
public final class LocalPeer implements Peer {
  private final Store store;
  private final Catalogue catalogue;
  private final GlobalTables tables;

  public LocalPeer(Store store, Catalogue catalogue, GlobalTables tables) {
    this.store = store;
    this.catalogue = catalogue;
    this.tables = tables;
  }

  @Override
  public Optional<Table> find(TableArn table) {
    return tables.find(table).map(record -> new Table(record.description().deletionProtected()));
  }

  @Override
  public Optional<GroupMessage> tell(GroupMessage message) {
    return tables.tell(message);
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
      List<ItemChange> made = new ArrayList<>();
      ItemWrites.applyInParts(
          store,
          changes.stream().map(change -> write(use, change)).toList(),
          Allowance.unlimited(),
          made::addAll);
      return Optional.of((int) made.stream().filter(ItemChange::isNone).count());
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    }
  }

  /** Returns the last change of each item: the others would be overwritten at once. */
  private static List<ChangeBatch.Change> newest(List<ChangeBatch.Change> changes) {
    Map<Bytes, ChangeBatch.Change> newest = new LinkedHashMap<>();
    for (ChangeBatch.Change change : changes) {
      newest.merge(change.key(), change, (a, b) -> a.version().compareTo(b.version()) > 0 ? a : b);
    }
    return List.copyOf(newest.values());
  }

  private static ItemWrite write(TableUse use, ChangeBatch.Change change) {
    change.item().ifPresent(ItemEncoding::requireSound);
    return ItemWrite.replicate(
        use, change.version(), ItemEncoding.decode(change.key()), change.item());
  }
}

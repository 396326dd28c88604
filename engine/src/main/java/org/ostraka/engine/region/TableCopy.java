package org.ostraka.engine.region;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.CopyPlace;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Wanted;

/**
 * Copies the items and tombstones of a replica to another one, while both are written to. A copied
 * item keeps its version, so it has no effect where there is a later change. One thread.
 *
 * <p>The region that added a replica copies everything. Others copy what was last changed in their
 * own region, in one that has left, or in the target itself: the rest comes from where it was
 * changed. The target may lack its own changes after it was removed and added again. But a replica
 * that the target is filling has got these rows from the target, and sends none of them back.
 */
public final class TableCopy {
  private static final int PAGE_ROWS = 1_000;
  private static final long PAGE_BYTES = 1 << 20;

  private final Store store;
  private final Catalogue catalogue;
  private final TableRecord record;
  private final Region target;
  private final Peer peer;
  private final Set<Origin> others;
  private final String name;
  private boolean tombstones;
  private Optional<RowKey> after = Optional.empty();

  /**
   * Makes a copy.
   *
   * @param record the replica to copy from
   * @param target the region to copy to
   * @param place where an earlier copy has ended; one of something else begins anew
   */
  public TableCopy(
      Store store,
      Catalogue catalogue,
      TableRecord record,
      Region target,
      Peer peer,
      Optional<CopyPlace> place) {
    this.store = store;
    this.catalogue = catalogue;
    this.record = record;
    this.target = target;
    this.peer = peer;
    this.others = others(record, target);
    this.name = name(record.description().global().orElseThrow(), target, others);
    place
        .filter(each -> each.of().equals(name))
        .ifPresent(each -> {
          tombstones = each.tombstones();
          after = each.after();
        });
  }

  /**
   * Names what is copied for whom. A replica that was removed and added again is another one, since
   * its table is empty; and where a region has left, more has to be copied.
   */
  private static String name(GlobalTable global, Region target, Set<Origin> others) {
    Member member = global.member(target).orElseThrow();
    return member.edition().time().toEpochMilli()
        + " "
        + member.edition().region()
        + " "
        + others.stream().map(Origin::id).sorted().toList();
  }

  /** Returns how far the copy has come: a copy that begins there misses nothing. */
  public CopyPlace place() {
    return new CopyPlace(name, tombstones, after);
  }

  private static Set<Origin> others(TableRecord record, Region target) {
    Region own = record.description().arn().owner().region();
    GlobalTable global = record.description().global().orElseThrow();
    Member to = global.member(target).orElseThrow();
    Set<Origin> origins = new HashSet<>();
    if (!to.source().equals(own)) {
      boolean isFilledByTarget = global.member(own).filter(self -> fills(to, self)).isPresent();
      for (Member member : global.others(own)) {
        if (isFilledByTarget || !member.region().equals(target)) {
          origins.add(RegionOrigin.of(member.region()));
        }
      }
    }
    return origins;
  }

  /** Returns whether a replica is filling another one, and was not added again since it began. */
  private static boolean fills(Member source, Member replica) {
    return replica.state() == GlobalTable.State.JOINING
        && replica.source().equals(source.region())
        && source.edition().compareTo(replica.edition()) <= 0;
  }

  /** The state of a copy after a step. */
  public enum Progress {
    GOES_ON,
    /** The other replica does not take changes at present. */
    WAITS,
    DONE
  }

  /**
   * Copies a page.
   *
   * @throws PeerException when the other region cannot be reached; the step may be repeated
   */
  public Progress step() {
    Page page = new Page();
    boolean serves =
        catalogue.turn(
            Principal.Service.REPLICATION,
            record.description().arn(),
            use -> {
              if (!maySend(use)) {
                return false;
              }
              page.read(use);
              return true;
            });
    if (!serves) {
      return Progress.WAITS;
    }
    // Also a copy without any change ends only when the other replica is there and takes changes.
    boolean last = tombstones && !page.full;
    if ((last || !page.changes.isEmpty()) && peer.apply(page.batch()).isEmpty()) {
      return Progress.WAITS;
    }
    after = page.last;
    if (page.full) {
      return Progress.GOES_ON;
    }
    after = Optional.empty();
    if (tombstones) {
      return Progress.DONE;
    }
    tombstones = true;
    return Progress.GOES_ON;
  }

  /** Returns whether the table is still this replica, and its policy lets the target have it. */
  private boolean maySend(TableUse use) {
    UUID id = record.description().global().orElseThrow().id();
    return use.global().filter(global -> global.id().equals(id)).isPresent()
        && GlobalTables.maySend(use.record(), target);
  }

  /** The rows of one step. One thread. */
  private final class Page {
    private final List<ChangeBatch.Change> changes = new ArrayList<>();
    private Optional<RowKey> last = after;
    private boolean full;

    private void read(TableUse use) {
      Optional<Space> space = tombstones ? use.tombstones() : Optional.of(use.items());
      if (space.isEmpty()) {
        return;
      }
      int rows = 0;
      long bytes = 0;
      Range rest = Range.OfSlice.after(space.get(), after);
      try (Cursor cursor =
          store.scan(rest, Consistency.STRONG, new Wanted(PAGE_ROWS, PAGE_BYTES))) {
        Optional<Row> next = cursor.next();
        while (next.isPresent()) {
          Row row = next.get();
          last = Optional.of(row.key());
          if (!others.contains(row.version().origin())) {
            changes.add(change(use, row));
          }
          rows++;
          bytes += row.value().sizeBytes();
          full = rows == PAGE_ROWS || bytes >= PAGE_BYTES;
          next = full ? Optional.empty() : cursor.next();
        }
      }
    }

    private ChangeBatch.Change change(TableUse use, Row row) {
      return tombstones
          ? new ChangeBatch.Change(row.version(), row.value(), Optional.empty())
          : new ChangeBatch.Change(row.version(), key(use, row.value()), Optional.of(row.value()));
    }

    private static Bytes key(TableUse use, Bytes item) {
      return ItemEncoding.encode(ItemKey.within(use.key(), ItemEncoding.decode(item)));
    }

    private ChangeBatch batch() {
      return new ChangeBatch(
          GroupMessage.replica(record.description(), target),
          record.description().arn().owner().region(),
          record.description().global().orElseThrow().id(),
          changes);
    }
  }
}

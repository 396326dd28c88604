package org.ostraka.engine.region;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Row;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The regions that the servers of a store serve, and those that other processes do. The store
 * remembers them, so that a start with other options does not mix data of different regions. Any
 * thread.
 */
public final class Deployments {
  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

  private final Store store;
  private final Supplier<List<TableDescription>> tables;

  /**
   * Makes what is known of a store.
   *
   * @param tables returns the tables in the store
   */
  public Deployments(Store store, Supplier<List<TableDescription>> tables) {
    this.store = store;
    this.tables = tables;
  }

  /**
   * Begins to serve regions, or goes on with other peers, and remembers them. A store that was
   * never served with names of regions, and is not now, remembers nothing.
   *
   * @param served the regions to serve; all when empty
   * @param peers the regions of other processes
   * @param isIntended whether the operator wants it also where data of different regions may mix
   * @throws ChangedRegionsException when data may mix, and that is not intended
   */
  public void serve(Set<Region> served, Set<Region> peers, boolean isIntended) {
    Optional<Deployment> before = stored();
    RegionChange change = new RegionChange(before, served, peers, tables.get());
    change
        .danger()
        .ifPresent(danger -> {
          if (!isIntended) {
            throw new ChangedRegionsException(danger);
          }
          LOG.warn("regions are served otherwise than before, as intended: {}", danger);
        });
    Deployment known = before.orElse(Deployment.OF_ALL_REGIONS);
    if (!known.next(served, peers).equals(known)) {
      List<Region> hidden = change.hidden();
      if (!hidden.isEmpty()) {
        LOG.warn("the store has tables of regions that are not served: {}", hidden);
      }
      remember(served, peers);
    }
  }

  private Optional<Deployment> stored() {
    return store
        .read(DeploymentRows.OWN, Consistency.STRONG)
        .map(row -> DeploymentRows.deployment(row.value()));
  }

  /** Other servers of the store may remember other regions at the same time. */
  private void remember(Set<Region> served, Set<Region> peers) {
    try {
      store.transact(
          List.of(DeploymentRows.OWN),
          rows -> {
            Deployment next =
                rows.row(DeploymentRows.OWN)
                    .map(Row::value)
                    .map(DeploymentRows::deployment)
                    .orElse(Deployment.OF_ALL_REGIONS)
                    .next(served, peers);
            return new Verdict<>(next, List.of(DeploymentRows.put(next)));
          });
    } catch (StorageFailedException full) {
      LOG.warn("the store does not remember which regions are served: {}", full.getMessage());
    }
  }
}

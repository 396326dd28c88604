package org.ostraka.engine.region;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deployment of a store, and those that serve other regions. The store remembers which regions
 * are served where, so that a start with other options does not mix data of different regions, and
 * a wrong URL does not lead to another deployment of the same region. Any thread.
 */
public final class Deployments {
  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

  private final Store store;
  private final Supplier<List<TableDescription>> tables;
  private final Supplier<UUID> ids;
  private final Map<Region, UUID> peers = new ConcurrentHashMap<>();
  private volatile @Nullable Deployment own;

  private Deployments(Store store, Supplier<List<TableDescription>> tables, Supplier<UUID> ids) {
    this.store = store;
    this.tables = tables;
    this.ids = ids;
  }

  /**
   * Reads what a store remembers.
   *
   * @param tables returns the tables in the store
   * @param ids makes the id of the deployment
   */
  public static Deployments open(
      Store store, Supplier<List<TableDescription>> tables, Supplier<UUID> ids) {
    Deployments opened = new Deployments(store, tables, ids);
    try (Cursor cursor = store.scan(DeploymentRows.peers(), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        DeploymentRows.OfPeer peer = DeploymentRows.peer(row.get().value());
        opened.peers.put(peer.region(), peer.id());
        row = cursor.next();
      }
    }
    return opened;
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
    before.ifPresent(stored -> own = stored);
    if (before.isEmpty() && served.isEmpty()) {
      return;
    }
    Deployment known = before.orElseGet(() -> Deployment.ofAllRegions(ids.get()));
    if (!known.next(served, peers).equals(known)) {
      List<Region> hidden = change.hidden();
      if (!hidden.isEmpty()) {
        LOG.warn("the store has tables of regions that are not served: {}", hidden);
      }
      remember(known.next(served, peers));
    }
  }

  private Optional<Deployment> stored() {
    return store
        .read(DeploymentRows.OWN, Consistency.STRONG)
        .map(row -> DeploymentRows.deployment(row.value()));
  }

  /** Other servers of the store may remember other regions at the same time. */
  private void remember(Deployment now) {
    try {
      own =
          store.transact(
              List.of(DeploymentRows.OWN),
              rows -> {
                Deployment next =
                    rows.row(DeploymentRows.OWN)
                        .map(row -> DeploymentRows.deployment(row.value()))
                        .map(stored -> stored.next(now.served(), now.elsewhere()))
                        .orElse(now);
                return new Verdict<>(next, List.of(DeploymentRows.put(next)));
              });
    } catch (StorageFailedException full) {
      LOG.warn("the store does not remember which regions are served: {}", full.getMessage());
    }
  }

  /** Returns the id of the own deployment; empty while none is stored. */
  public Optional<UUID> own() {
    return Optional.ofNullable(own).map(Deployment::id);
  }

  /** Returns the id of the deployment that is known to serve a region. */
  public Optional<UUID> of(Region region) {
    return Optional.ofNullable(peers.get(region));
  }

  /** Returns the ids of the known deployments, the own one included, by the regions they serve. */
  public SortedMap<Region, UUID> known() {
    SortedMap<Region, UUID> known = new TreeMap<>(Comparator.comparing(Region::value));
    known.putAll(peers);
    Optional.ofNullable(own)
        .ifPresent(it -> it.served().forEach(region -> known.put(region, it.id())));
    return known;
  }

  /**
   * Verifies that a deployment that says so serves another region, as far as it is known which one
   * does. Another one takes its place only while no table has a replica in the region.
   *
   * @throws OtherDeploymentException when it is another one, or the own one
   */
  public void verify(Region region, UUID deployment) {
    if (own().filter(deployment::equals).isPresent()) {
      throw new OtherDeploymentException(
          "region "
              + region
              + " is served by this deployment itself, or by one with a copy of its data ("
              + deployment
              + ")");
    }
    if (peers.containsKey(region)) {
      learn(region, deployment);
    }
  }

  /**
   * Learns which deployment serves another region, if that is not known.
   *
   * @throws OtherDeploymentException when another one is known
   */
  public void learn(Region region, UUID deployment) {
    if (!deployment.equals(peers.get(region))) {
      replace(region, deployment);
    }
  }

  private void replace(Region region, UUID deployment) {
    boolean isReplicated =
        tables.get().stream().anyMatch(table -> RegionChange.isReplicated(table, region));
    UUID known;
    try {
      known = decide(region, deployment, isReplicated);
    } catch (StorageFailedException full) {
      LOG.warn("the store does not remember the deployment of {}: {}", region, full.getMessage());
      known = peers.getOrDefault(region, deployment);
    }
    @Nullable UUID before = peers.put(region, known);
    if (!known.equals(deployment)) {
      throw new OtherDeploymentException(
          "region "
              + region
              + " is served by deployment "
              + deployment
              + ", but was by "
              + known
              + " when its replicas were made");
    }
    if (before != null && !before.equals(known)) { // several requests may learn it at once
      LOG.warn("region {} is served by deployment {} now, and was by {}", region, known, before);
    }
  }

  /** Returns the deployment that serves a region from now on: the known one, or this one. */
  private UUID decide(Region region, UUID deployment, boolean isReplicated) {
    RowKey key = DeploymentRows.peer(region);
    return store.transact(
        List.of(key),
        rows -> {
          Optional<UUID> known = rows.row(key).map(row -> DeploymentRows.peer(row.value()).id());
          return known
              .filter(id -> isReplicated || id.equals(deployment))
              .map(Verdict::unchanged)
              .orElseGet(() ->
                  new Verdict<>(
                      deployment,
                      List.of(DeploymentRows.put(new DeploymentRows.OfPeer(region, deployment)))));
        });
  }
}

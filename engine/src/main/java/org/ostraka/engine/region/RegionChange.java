package org.ostraka.engine.region;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;

/**
 * A start on a store that has been served before: which regions it serves, and which ones other
 * processes serve. Immutable.
 *
 * @param before what the store remembers; empty when no version of before remembered anything
 * @param served the regions to serve; all when empty
 * @param peers the regions of other processes
 * @param tables the tables in the store
 */
record RegionChange(
    Optional<Deployment> before,
    Set<Region> served,
    Set<Region> peers,
    List<TableDescription> tables) {

  /** Returns why the start would mix data of different regions; empty when it does not. */
  Optional<String> danger() {
    return onlyOtherRegions().or(this::tablesOfPeer).or(this::regionOfOtherProcess);
  }

  /** Returns the regions with tables that will neither be served nor replicated. */
  List<Region> hidden() {
    return regions().filter(region -> !isServed(region)).toList();
  }

  /** The directory, or the database, is that of another region. */
  private Optional<String> onlyOtherRegions() {
    boolean isNew = before.filter(it -> it.served().equals(served)).isEmpty();
    return isNew && !tables.isEmpty() && regions().noneMatch(this::isServed)
        ? Optional.of(
            "all tables in the store are of "
                + names(regions().toList())
                + ", which this start does not serve, but "
                + names(served)
                + ": is it the right --data, --store and --region?")
        : Optional.empty();
  }

  /** Tables of a region are here, and another process is said to have the region. */
  private Optional<String> tablesOfPeer() {
    return sorted(peers)
        .filter(region -> before.filter(it -> it.elsewhere().contains(region)).isEmpty())
        .flatMap(region ->
            table(table -> region(table).equals(region))
                .map(table ->
                    "table "
                        + table.name()
                        + " of region "
                        + region
                        + " is in the store, and a peer is said to serve it: two processes"
                        + " would have tables of one region"))
        .findFirst();
  }

  /** Served here, the region has no such table: its replica would be taken for a deleted one. */
  private Optional<String> regionOfOtherProcess() {
    return sorted(before.map(Deployment::elsewhere).orElse(Set.of()))
        .filter(this::isServed)
        .flatMap(region ->
            table(table -> isReplicated(table, region))
                .map(table ->
                    "table "
                        + table.name()
                        + " has a replica in region "
                        + region
                        + ", which another process serves: served here, that replica would be taken"
                        + " for deleted; does --region name the regions of this process?"))
        .findFirst();
  }

  /** Returns whether a table has a replica in another region. */
  static boolean isReplicated(TableDescription table, Region other) {
    return !region(table).equals(other)
        && table.global().filter(global -> global.has(other)).isPresent();
  }

  private boolean isServed(Region region) {
    return served.isEmpty() || served.contains(region);
  }

  private Stream<Region> regions() {
    return sorted(tables.stream().map(RegionChange::region).collect(Collectors.toSet()));
  }

  private Stream<TableDescription> table(Predicate<TableDescription> condition) {
    return tables.stream().filter(condition).limit(1);
  }

  private static Region region(TableDescription table) {
    return table.arn().owner().region();
  }

  private static Stream<Region> sorted(Collection<Region> regions) {
    return regions.stream().sorted((one, other) -> one.value().compareTo(other.value()));
  }

  private static String names(Collection<Region> regions) {
    return sorted(regions).map(Region::value).collect(Collectors.joining(", "));
  }
}

package org.ostraka.engine.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableName;
import org.ostraka.storage.Space;

/** The tables that a server has open, by their owners and names. Any thread. */
final class OpenTables {
  private final Map<Owner, NavigableMap<TableName, OpenTable>> tables = new ConcurrentHashMap<>();

  void put(TableArn arn, OpenTable table) {
    tables.computeIfAbsent(arn.owner(), _ -> new ConcurrentSkipListMap<>()).put(arn.table(), table);
  }

  void remove(TableArn arn) {
    Optional.ofNullable(tables.get(arn.owner())).ifPresent(owned -> owned.remove(arn.table()));
  }

  @Nullable OpenTable find(TableArn arn) {
    NavigableMap<TableName, OpenTable> owned = tables.get(arn.owner());
    return owned == null ? null : owned.get(arn.table());
  }

  /** Returns the owner's tables; adds no entry for an owner without tables. */
  NavigableMap<TableName, OpenTable> of(Owner owner) {
    return tables.getOrDefault(owner, Collections.emptyNavigableMap());
  }

  List<OpenTable> all() {
    List<OpenTable> all = new ArrayList<>();
    tables.values().forEach(owned -> all.addAll(owned.values()));
    return all;
  }

  /** Returns the table whose rows or changes are in a space. */
  Optional<TableDescription> with(Space space) {
    return all().stream()
        .map(table -> table.current().orElse(table.stored()))
        .filter(record ->
            record.spaces().rows().contains(space) || record.spaces().logs().contains(space))
        .findFirst()
        .map(TableRecord::description);
  }
}

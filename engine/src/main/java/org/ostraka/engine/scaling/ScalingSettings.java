package org.ostraka.engine.scaling;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.IndexName;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.Traffic;
import org.ostraka.model.scaling.ScalableDimension;
import org.ostraka.model.scaling.ScalableResource;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.storage.Store;

/**
 * The scalable targets of a table and its indexes, as they were when they were read. Immutable.
 *
 * @param targets those of one table
 */
public record ScalingSettings(List<ScalableTarget> targets) {
  public ScalingSettings {
    targets = List.copyOf(targets);
  }

  /** Reads the targets of a table. */
  public static ScalingSettings of(Store store, TableArn table) {
    Owner owner = table.owner();
    return new ScalingSettings(
        new ScalingStore(store)
            .of(owner).stream()
                .filter(target -> target.key().resource().table().equals(table.table()))
                .toList());
  }

  /** Returns the target of one kind of units of the table or an index. */
  public Optional<ScalableTarget> target(
      TableDescription table, Optional<IndexName> index, Traffic traffic) {
    ScalableResource resource = new ScalableResource(table.name(), index);
    ScalableDimension dimension = ScalableDimension.of(index.isPresent(), traffic);
    return targets.stream()
        .filter(target -> target.key().resource().equals(resource))
        .filter(target -> target.key().dimension() == dimension)
        .findFirst();
  }

  /** Returns whether the writes to the table or an index have a target with a policy. */
  public boolean scalesWrites(TableDescription table, Optional<IndexName> index) {
    return target(table, index, Traffic.WRITE)
        .filter(target -> !target.policies().isEmpty())
        .isPresent();
  }
}

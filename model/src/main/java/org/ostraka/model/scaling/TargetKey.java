package org.ostraka.model.scaling;

import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;

/** What names a scalable target: its owner, its table or index, and its dimension. Immutable. */
public record TargetKey(Owner owner, ScalableResource resource, ScalableDimension dimension) {
  public TargetKey {
    if (resource.index().isPresent() != dimension.isOfIndex()) {
      throw new IllegalArgumentException("the dimension is not one of the resource");
    }
  }

  /** Returns the table, or that of the index. */
  public TableArn table() {
    return new TableArn(owner, resource.table());
  }

  /** Returns the words by which errors name the target. */
  public String words() {
    return new TargetName("dynamodb", resource.toString(), dimension.toString()).words();
  }
}

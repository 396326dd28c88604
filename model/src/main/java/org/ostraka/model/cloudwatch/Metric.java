package org.ostraka.model.cloudwatch;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What identifies a metric. Immutable.
 *
 * @param dimensions in the order of their names, so that equal metrics are equal objects
 */
public record Metric(String namespace, String name, List<Dimension> dimensions) {
  /** Sorts the dimensions. */
  public Metric {
    dimensions = dimensions.stream().sorted(Comparator.comparing(Dimension::name)).toList();
  }

  /** Returns the value of a dimension; empty when the metric has none of this name. */
  public Optional<String> dimension(String dimension) {
    return dimensions.stream()
        .filter(each -> each.name().equals(dimension))
        .map(Dimension::value)
        .findFirst();
  }
}

package org.ostraka.engine.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.TargetKey;

/** Which targets a description is about. Immutable. */
record TargetFilter(String namespace, @Nullable String resourceId, @Nullable String dimension) {

  /** Refuses a dimension without a resource, as the API Reference says. */
  static TargetFilter of(
      String namespace, @Nullable String resourceId, @Nullable String dimension) {
    if (dimension != null && resourceId == null) {
      throw dimensionAlone();
    }
    return new TargetFilter(namespace, resourceId, dimension);
  }

  static ValidationException dimensionAlone() {
    return new ValidationException(
        "If you specify a scalable dimension, you must also specify a resource ID.");
  }

  boolean includes(TargetKey key) {
    return namespace.equals(ScalingAccess.NAMESPACE)
        && (resourceId == null || resourceId.equals(key.resource().toString()))
        && (dimension == null || dimension.equals(key.dimension().toString()));
  }

  /**
   * Returns the policies or actions of targets.
   *
   * @param parts returns all of a target
   * @param wanted chooses among them
   * @param found makes the result of one
   */
  <P, R> List<R> parts(
      List<ScalableTarget> targets,
      Function<ScalableTarget, List<P>> parts,
      Predicate<P> wanted,
      BiFunction<TargetKey, P, R> found) {
    List<R> all = new ArrayList<>();
    for (ScalableTarget target : targets) {
      if (includes(target.key())) {
        parts.apply(target).stream()
            .filter(wanted)
            .forEach(part -> all.add(found.apply(target.key(), part)));
      }
    }
    return all;
  }

  /** Returns whether a name is among those that a request has; it is, if it has none. */
  static boolean isAmong(@Nullable List<String> names, String name) {
    return names == null || names.contains(name);
  }
}

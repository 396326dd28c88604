package org.ostraka.engine.scaling;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Caller;
import org.ostraka.model.Tags;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ObjectNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.scaling.DeregisterScalableTarget;
import org.ostraka.model.scaling.DescribeScalableTargets;
import org.ostraka.model.scaling.RegisterScalableTarget;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.SuspendedState;
import org.ostraka.model.scaling.TargetKey;

/** Carries out the operations on scalable targets. Any thread. */
final class ScalableTargets {
  /** "Quotas for Application Auto Scaling" in its User Guide. */
  private static final int MAX_TARGETS = 5_000;

  private final ScalingStore store;
  private final ScalingAccess access;
  private final ScalingIds ids;
  private final InstantSource clock;

  ScalableTargets(ScalingStore store, ScalingAccess access, ScalingIds ids, InstantSource clock) {
    this.store = store;
    this.access = access;
    this.ids = ids;
    this.clock = clock;
  }

  RegisterScalableTarget.Response register(Caller caller, RegisterScalableTarget.Request request) {
    Optional<TargetKey> named = access.key(caller, request.target());
    Optional<ScalableTarget> known = named.flatMap(store::find);
    Tags tags = Objects.requireNonNullElse(request.tags(), Tags.NONE);
    access.require(caller, "RegisterScalableTarget", known, tags);
    TargetKey key =
        named.orElseThrow(() ->
            new ValidationException(
                "Unsupported service namespace, resource type or scalable dimension"));
    access.requireTable(caller, key);
    if (known.isEmpty()) {
      requireRoom(caller);
    }
    String newId = ids.target();
    ScalableTarget target =
        store
            .change(
                key,
                List.of(),
                present ->
                    Optional.of(
                        present
                            .map(each -> changed(each, request))
                            .orElseGet(() -> created(key, newId, request, tags))))
            .orElseThrow();
    return new RegisterScalableTarget.Response(target.arn());
  }

  private void requireRoom(Caller caller) {
    if (store.of(caller.owner()).size() >= MAX_TARGETS) {
      throw new LimitExceededException(
          "An account may have " + MAX_TARGETS + " scalable targets of DynamoDB in a region");
    }
  }

  private ScalableTarget created(
      TargetKey key, String id, RegisterScalableTarget.Request request, Tags tags) {
    Long min = request.min();
    Long max = request.max();
    if (min == null || max == null) {
      throw new ValidationException(
          "MinCapacity and MaxCapacity are required to register a new scalable target");
    }
    requireBounds(min, max);
    ScalingTags.requireLegal(tags);
    return new ScalableTarget(
        key,
        id,
        min,
        max,
        suspended(SuspendedState.NONE, request.suspension()),
        tags,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        true,
        List.of(),
        List.of());
  }

  private static ScalableTarget changed(
      ScalableTarget target, RegisterScalableTarget.Request request) {
    if (request.tags() != null) {
      throw new ValidationException(
          "Tags can only be given when a scalable target is registered; use TagResource");
    }
    long min = Objects.requireNonNullElse(request.min(), target.min());
    long max = Objects.requireNonNullElse(request.max(), target.max());
    requireBounds(min, max);
    boolean moved = min != target.min() || max != target.max();
    ScalableTarget bounded = moved ? target.withBounds(min, max) : target;
    return bounded.withSuspended(suspended(target.suspended(), request.suspension()));
  }

  /** Refuses bounds that no target can have. */
  static void requireBounds(long min, long max) {
    if (min < 1) {
      throw new ValidationException("MinCapacity must be greater than or equal to 1");
    }
    if (max < min) {
      throw new ValidationException("MinCapacity must be less than or equal to MaxCapacity");
    }
  }

  private static SuspendedState suspended(
      SuspendedState now, RegisterScalableTarget.@Nullable Suspension wanted) {
    return wanted == null
        ? now
        : new SuspendedState(
            Objects.requireNonNullElse(wanted.in(), now.in()),
            Objects.requireNonNullElse(wanted.out(), now.out()),
            Objects.requireNonNullElse(wanted.scheduled(), now.scheduled()));
  }

  DeregisterScalableTarget.Response deregister(
      Caller caller, DeregisterScalableTarget.Request request) {
    ScalableTarget target =
        access
            .permitted(caller, "DeregisterScalableTarget", request.target())
            .orElseThrow(() ->
                new ObjectNotFoundException(
                    "No scalable target found for " + request.target().words()));
    var _ = store.change(target.key(), List.of(), _ -> Optional.empty());
    return new DeregisterScalableTarget.Response();
  }

  DescribeScalableTargets.Response describe(
      Caller caller, DescribeScalableTargets.Request request) {
    access.requireAny(caller, "DescribeScalableTargets");
    TargetFilter filter = new TargetFilter(request.namespace(), null, request.dimension());
    List<String> wanted = request.resourceIds();
    if (request.dimension() != null && wanted == null) {
      throw TargetFilter.dimensionAlone();
    }
    Pages<ScalableTarget> page =
        Pages.of(
            store.of(caller.owner()).stream()
                .filter(each -> filter.includes(each.key()))
                .filter(each -> wanted == null || wanted.contains(each.key().resource().toString()))
                .toList(),
            request.paging());
    return new DescribeScalableTargets.Response(page.entries(), page.nextToken());
  }
}

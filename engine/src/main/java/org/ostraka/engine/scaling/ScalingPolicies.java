package org.ostraka.engine.scaling;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Caller;
import org.ostraka.model.error.ObjectNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.scaling.DeleteScalingPolicy;
import org.ostraka.model.scaling.DescribeScalingActivities;
import org.ostraka.model.scaling.DescribeScalingPolicies;
import org.ostraka.model.scaling.GetPredictiveScalingForecast;
import org.ostraka.model.scaling.PutScalingPolicy;
import org.ostraka.model.scaling.ScalableDimension;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.ScalingActivity;
import org.ostraka.model.scaling.ScalingPolicy;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.model.scaling.TargetTracking;

/**
 * Carries out the operations on scaling policies and activities. Any thread.
 *
 * <p>DynamoDB has target tracking only: "PutScalingPolicy" in the API Reference.
 */
final class ScalingPolicies {
  private static final String TRACKING = "TargetTrackingScaling";

  private final ScalingStore store;
  private final ScalingAccess access;
  private final ScalingIds ids;
  private final InstantSource clock;

  ScalingPolicies(ScalingStore store, ScalingAccess access, ScalingIds ids, InstantSource clock) {
    this.store = store;
    this.access = access;
    this.ids = ids;
    this.clock = clock;
  }

  PutScalingPolicy.Response put(Caller caller, PutScalingPolicy.Request request) {
    ScalableTarget target = access.registered(caller, "PutScalingPolicy", request.target());
    access.requireTable(caller, target.key());
    TargetTracking tracking = tracking(request, target.key().dimension());
    ScalingPolicy fresh =
        new ScalingPolicy(
            request.name(),
            ids.next(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            tracking,
            ids.alarms(),
            Optional.empty(),
            Optional.empty());
    ScalableTarget changed =
        store
            .change(
                target.key(),
                List.of(),
                present -> Optional.of(with(present.orElseThrow(() -> gone(target.key())), fresh)))
            .orElseThrow();
    return new PutScalingPolicy.Response(
        target.key(), changed.policy(request.name()).orElseThrow());
  }

  private static ObjectNotFoundException gone(TargetKey key) {
    return new ObjectNotFoundException("No scalable target registered for " + key.words());
  }

  private static ScalableTarget with(ScalableTarget target, ScalingPolicy fresh) {
    if (target.policy(fresh.name()).isPresent()) {
      return target.withPolicy(fresh.name(), each -> each.with(fresh.tracking()));
    }
    if (!target.policies().isEmpty()) {
      // hashicorp/terraform-provider-aws issue 41179 shows the text.
      throw new ValidationException(
          "Only one TargetTrackingScaling policy for a given metric specification is allowed.");
    }
    return target.withPolicies(List.of(fresh));
  }

  private static TargetTracking tracking(
      PutScalingPolicy.Request request, ScalableDimension dimension) {
    if (!TRACKING.equals(request.type())) {
      throw new ValidationException(
          "Only policies of type TargetTrackingScaling are supported for DynamoDB");
    }
    PutScalingPolicy.Tracking wanted = request.tracking();
    if (wanted == null) {
      throw new ValidationException(
          "TargetTrackingScalingPolicyConfiguration is required for TargetTrackingScaling");
    }
    if (!dimension.metric().equals(wanted.metric())) {
      throw new ValidationException(
          "PredefinedMetricType must be " + dimension.metric() + " for " + dimension);
    }
    if (!(wanted.percent() >= TargetTracking.MIN_PERCENT
        && wanted.percent() <= TargetTracking.MAX_PERCENT)) {
      throw new ValidationException("TargetValue must be between 20 and 90 for DynamoDB");
    }
    return new TargetTracking(
        wanted.percent(),
        cooldown("ScaleOutCooldown", wanted.outCooldown()),
        cooldown("ScaleInCooldown", wanted.inCooldown()),
        Optional.ofNullable(wanted.disableScaleIn()));
  }

  private static OptionalInt cooldown(String name, @Nullable Integer seconds) {
    if (seconds == null) {
      return OptionalInt.empty();
    }
    if (seconds < 0) {
      throw new ValidationException(name + " must be greater than or equal to 0");
    }
    return OptionalInt.of(seconds);
  }

  DeleteScalingPolicy.Response delete(Caller caller, DeleteScalingPolicy.Request request) {
    ScalableTarget target =
        access.having(
            caller,
            "DeleteScalingPolicy",
            request.target(),
            "scaling policy",
            request.name(),
            each -> each.policy(request.name()).isPresent());
    var _ =
        store.change(
            target.key(),
            List.of(),
            present ->
                present.map(each ->
                    each.withPolicies(
                        each.policies().stream()
                            .filter(policy -> !policy.name().equals(request.name()))
                            .toList())));
    return new DeleteScalingPolicy.Response();
  }

  DescribeScalingPolicies.Response describe(
      Caller caller, DescribeScalingPolicies.Request request) {
    access.requireAny(caller, "DescribeScalingPolicies");
    TargetFilter filter =
        TargetFilter.of(request.namespace(), request.resourceId(), request.dimension());
    Pages<DescribeScalingPolicies.OfTarget> page =
        Pages.of(
            filter.parts(
                store.of(caller.owner()),
                ScalableTarget::policies,
                policy -> TargetFilter.isAmong(request.names(), policy.name()),
                DescribeScalingPolicies.OfTarget::new),
            request.paging());
    return new DescribeScalingPolicies.Response(page.entries(), page.nextToken());
  }

  DescribeScalingActivities.Response activities(
      Caller caller, DescribeScalingActivities.Request request) {
    access.requireAny(caller, "DescribeScalingActivities");
    TargetFilter filter =
        TargetFilter.of(request.namespace(), request.resourceId(), request.dimension());
    Pages<ScalingActivity> page =
        Pages.of(
            store.activities(
                caller.owner(), Integer.MAX_VALUE, each -> filter.includes(each.target())),
            request.paging());
    return new DescribeScalingActivities.Response(page.entries(), page.nextToken());
  }

  /** Refuses every request: DynamoDB has no predictive scaling. */
  GetPredictiveScalingForecast.Response forecast(
      Caller caller, GetPredictiveScalingForecast.Request request) {
    access.requireAny(caller, "GetPredictiveScalingForecast");
    throw new ValidationException(
        "GetPredictiveScalingForecast is not supported for service namespace: "
            + request.target().namespace());
  }
}

package org.ostraka.engine.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.gate.Permissions;
import org.ostraka.model.Caller;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Tags;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ObjectNotFoundException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.scaling.ScalableDimension;
import org.ostraka.model.scaling.ScalableResource;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.model.scaling.TargetName;

/**
 * Judges whether a caller may use auto scaling, and finds the targets that requests name. Any
 * thread.
 *
 * <p>Actions on a target are judged on its ARN, those on a new one on the ARN of any target, and
 * descriptions on everything: "Actions, resources, and condition keys for AWS Application Auto
 * Scaling" in the Service Authorization Reference. Who registers a target needs the permissions on
 * the table that auto scaling will use in the caller's place.
 */
final class ScalingAccess {
  /** The namespace of DynamoDB among the services that can be scaled. */
  static final String NAMESPACE = "dynamodb";

  private final ScalingStore store;
  private final Permissions permissions;
  private final Gate gate;

  ScalingAccess(ScalingStore store, Permissions permissions, Gate gate) {
    this.store = store;
    this.permissions = permissions;
    this.gate = gate;
  }

  /** Requires that the caller may describe. */
  void requireAny(Caller caller, String operation) {
    permissions.require(caller, action(operation), "*", Tags.NONE);
  }

  /** Requires that the caller may do something with a target, which need not exist. */
  void require(Caller caller, String operation, Optional<ScalableTarget> target, Tags ofRequest) {
    String arn =
        target
            .map(ScalableTarget::arn)
            .orElseGet(() ->
                "arn:aws:application-autoscaling:"
                    + caller.owner().region()
                    + ":"
                    + caller.owner().account()
                    + ":scalable-target/*");
    permissions.require(caller, action(operation), arn, ofRequest);
  }

  private static String action(String operation) {
    return "application-autoscaling:" + operation;
  }

  /** Returns the key that a request names; empty when DynamoDB has no such target. */
  Optional<TargetKey> key(Caller caller, TargetName name) {
    Optional<ScalableResource> resource = ScalableResource.parse(name.resourceId());
    Optional<ScalableDimension> found = ScalableDimension.of(name.dimension());
    boolean fits =
        name.namespace().equals(NAMESPACE)
            && resource.isPresent()
            && found.isPresent()
            && resource.get().index().isPresent() == found.get().isOfIndex();
    return fits
        ? Optional.of(new TargetKey(caller.owner(), resource.get(), found.get()))
        : Optional.empty();
  }

  /**
   * Returns the target that a request names, after the caller's permission was judged.
   *
   * @throws ObjectNotFoundException when there is none
   */
  ScalableTarget registered(Caller caller, String operation, TargetName name) {
    return permitted(caller, operation, name)
        .orElseThrow(
            () -> new ObjectNotFoundException("No scalable target registered for " + name.words()));
  }

  /**
   * Returns the target that a request names, if it has the policy or action that the request names.
   *
   * @param kind what it is to have, in words
   * @param part the name of that
   * @throws ObjectNotFoundException when there is none, or it has not
   */
  ScalableTarget having(
      Caller caller,
      String operation,
      TargetName name,
      String kind,
      String part,
      Predicate<ScalableTarget> condition) {
    return permitted(caller, operation, name)
        .filter(condition)
        .orElseThrow(() ->
            new ObjectNotFoundException("No " + kind + " found for " + name.words() + ": " + part));
  }

  /** Returns the target that a request names, if there is one and the caller may do it. */
  Optional<ScalableTarget> permitted(Caller caller, String operation, TargetName name) {
    Optional<ScalableTarget> target = key(caller, name).flatMap(store::find);
    require(caller, operation, target, Tags.NONE);
    return target;
  }

  /**
   * Requires that there is a table or index to scale, and that the caller may do with it what auto
   * scaling will do.
   */
  void requireTable(Caller caller, TargetKey key) {
    AdmittedTable table = requirePermitted(caller, key);
    TableRecord record;
    try {
      record = table.record();
    } catch (ResourceNotFoundException _) {
      throw new ValidationException("DynamoDB table does not exist: " + key.resource());
    }
    boolean hasIndex =
        key.resource()
            .index()
            .map(name ->
                record.description().globalIndexes().stream()
                    .map(GlobalIndex::name)
                    .anyMatch(name::equals))
            .orElse(true);
    if (!hasIndex) {
      throw new ValidationException("DynamoDB index does not exist: " + key.resource());
    }
  }

  private AdmittedTable requirePermitted(Caller caller, TargetKey key) {
    List<String> missing = new ArrayList<>();
    AdmittedTable table = null;
    for (Action action : List.of(Action.DESCRIBE_TABLE, Action.UPDATE_TABLE)) {
      try {
        table = gate.admit(caller, action, key.resource().table().value());
      } catch (AccessDeniedException _) {
        missing.add(action.iamName());
      }
    }
    if (!missing.isEmpty() || table == null) {
      throw new ValidationException(
          "User is missing the following permissions: " + String.join(", ", missing));
    }
    return table;
  }
}

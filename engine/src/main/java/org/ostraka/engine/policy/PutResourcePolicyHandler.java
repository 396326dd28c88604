package org.ostraka.engine.policy;

import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedPolicy;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.wire.PolicyWriter;
import org.ostraka.model.Caller;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.operation.PutResourcePolicy;

/** Carries out PutResourcePolicy. Any thread. */
public final class PutResourcePolicyHandler
    implements OperationHandler<PutResourcePolicy.Request, PutResourcePolicy.Response> {
  private final Gate gate;
  private final InstantSource clock;

  public PutResourcePolicyHandler(Gate gate, InstantSource clock) {
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public PutResourcePolicy.Response handle(Caller caller, PutResourcePolicy.Request request) {
    PolicyResource resource = PolicyResource.of(caller.owner(), request.resourceArn());
    PolicyDocument policy =
        resource.label().isPresent()
            ? PolicyRules.ofStream(request.policy())
            : PolicyRules.ofTable(request.policy());
    AdmittedPolicy admitted =
        PolicyRevision.admit(gate, caller, Action.PUT_RESOURCE_POLICY, resource);
    if (!request.confirmRemoveSelfResourceAccess()) {
      requireControl(admitted, policy);
    }
    TableRecord changed =
        admitted.table().change(record -> changed(record, resource, request, policy)).stored();
    return new PutResourcePolicy.Response(
        changed.policies().of(resource.label()).orElseThrow().revisionId());
  }

  /** Refuses a policy under which its author could not change it any more. */
  public static void requireControl(AdmittedPolicy admitted, PolicyDocument policy) {
    if (!admitted.keepsControl().test(policy)) {
      throw new AccessDeniedException(
          "The new resource policy will not allow you to update the resource policy in the"
              + " future.");
    }
  }

  /** Returns the record with the policy; the same record when the policy says the same. */
  private TableRecord changed(
      TableRecord record,
      PolicyResource resource,
      PutResourcePolicy.Request request,
      PolicyDocument policy) {
    Optional<ResourcePolicy> present = record.policies().of(resource.label());
    PolicyRevision.requireExpected(present, request.expectedRevisionId(), resource);
    Optional<String> text = present.flatMap(ResourcePolicy::document).map(PolicyWriter::write);
    if (text.equals(Optional.of(PolicyWriter.write(policy)))) {
      return record;
    }
    PolicyRevision.requireNotDeleting(record);
    ResourcePolicy next =
        new ResourcePolicy(Optional.of(policy), PolicyRevision.next(clock, present));
    return record.withPolicies(record.policies().with(resource.label(), next));
  }
}

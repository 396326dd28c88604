package org.ostraka.engine.policy;

import java.util.Optional;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedPolicy;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.wire.PolicyWriter;
import org.ostraka.model.Caller;
import org.ostraka.model.error.PolicyNotFoundException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.operation.GetResourcePolicy;

/** Carries out GetResourcePolicy. Any thread. */
public final class GetResourcePolicyHandler
    implements OperationHandler<GetResourcePolicy.Request, GetResourcePolicy.Response> {
  private final Gate gate;

  public GetResourcePolicyHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public GetResourcePolicy.Response handle(Caller caller, GetResourcePolicy.Request request) {
    PolicyResource resource = PolicyResource.of(caller.owner(), request.resourceArn());
    AdmittedPolicy admitted =
        PolicyRevision.admit(gate, caller, Action.GET_RESOURCE_POLICY, resource);
    ResourcePolicy policy =
        policy(admitted, resource).orElseThrow(() -> new PolicyNotFoundException(resource.text()));
    PolicyDocument document =
        policy.document().orElseThrow(() -> new PolicyNotFoundException(resource.text()));
    return new GetResourcePolicy.Response(
        PolicyWriter.write(document.withVersion()), policy.revisionId());
  }

  /** Finds the policy; a stream that has outlived its table has none any more. */
  private static Optional<ResourcePolicy> policy(AdmittedPolicy admitted, PolicyResource resource) {
    try {
      return admitted.table().record().policies().of(resource.label());
    } catch (ResourceNotFoundException absent) {
      if (resource.label().isPresent()) {
        return Optional.empty();
      }
      throw absent;
    }
  }
}

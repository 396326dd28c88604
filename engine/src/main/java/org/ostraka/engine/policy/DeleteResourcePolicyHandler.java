package org.ostraka.engine.policy;

import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedPolicy;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.operation.DeleteResourcePolicy;

/**
 * Carries out DeleteResourcePolicy. Any thread.
 *
 * <p>Q-205 and Q-209 measured what it answers (October 2026).
 */
public final class DeleteResourcePolicyHandler
    implements OperationHandler<DeleteResourcePolicy.Request, DeleteResourcePolicy.Response> {
  private final Gate gate;
  private final InstantSource clock;

  public DeleteResourcePolicyHandler(Gate gate, InstantSource clock) {
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public DeleteResourcePolicy.Response handle(Caller caller, DeleteResourcePolicy.Request request) {
    PolicyResource resource = PolicyResource.of(caller.owner(), request.resourceArn());
    AdmittedPolicy admitted =
        PolicyRevision.admit(gate, caller, Action.DELETE_RESOURCE_POLICY, resource);
    Removed removed = new Removed();
    var _ =
        admitted
            .table()
            .change(record -> {
              removed.policy = record.policies().of(resource.label());
              PolicyRevision.requireExpected(
                  removed.policy, request.expectedRevisionId(), resource);
              return without(record, resource, removed.policy);
            });
    return new DeleteResourcePolicy.Response(removed.policy.map(ResourcePolicy::revisionId));
  }

  /** The policy as the decision that counts found it. One thread. */
  private static final class Removed {
    private Optional<ResourcePolicy> policy = Optional.empty();
  }

  private TableRecord without(
      TableRecord record, PolicyResource resource, Optional<ResourcePolicy> present) {
    if (present.flatMap(ResourcePolicy::document).isEmpty()) {
      return record;
    }
    PolicyRevision.requireNotDeleting(record);
    ResourcePolicy gone = new ResourcePolicy(Optional.empty(), PolicyRevision.next(clock, present));
    return record.withPolicies(record.policies().with(resource.label(), gone));
  }
}

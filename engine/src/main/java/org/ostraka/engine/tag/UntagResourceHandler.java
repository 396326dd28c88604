package org.ostraka.engine.tag;

import org.ostraka.engine.condition.TagConditions;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.operation.UntagResource;

/** Carries out UntagResource. Any thread. */
public final class UntagResourceHandler
    implements OperationHandler<UntagResource.Request, UntagResource.Response> {
  private final Gate gate;

  public UntagResourceHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public UntagResource.Response handle(Caller caller, UntagResource.Request request) {
    TagRules.requireRemovable(request.tagKeys());
    String resource = request.resourceArn();
    var _ =
        TaggedTable.admit(
                gate,
                caller,
                Action.UNTAG_RESOURCE,
                resource,
                _ -> TagConditions.ofKeys(request.tagKeys()))
            .change(record ->
                TaggedTable.requireServing(record, resource)
                    .withTags(record.tags().without(request.tagKeys())));
    return new UntagResource.Response();
  }
}

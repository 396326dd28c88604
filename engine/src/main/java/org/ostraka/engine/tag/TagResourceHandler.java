package org.ostraka.engine.tag;

import org.ostraka.engine.condition.TagConditions;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.Tags;
import org.ostraka.model.operation.TagResource;

/** Carries out TagResource. Any thread. */
public final class TagResourceHandler
    implements OperationHandler<TagResource.Request, TagResource.Response> {
  private final Gate gate;

  public TagResourceHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public TagResource.Response handle(Caller caller, TagResource.Request request) {
    Tags added = TagRules.toAdd(request.tags());
    String resource = request.resourceArn();
    var _ =
        TaggedTable.admit(gate, caller, Action.TAG_RESOURCE, resource, _ -> TagConditions.of(added))
            .change(record ->
                TaggedTable.requireServing(record, resource)
                    .withTags(TagRules.requireWithinLimit(record.tags().with(added))));
    return new TagResource.Response();
  }
}

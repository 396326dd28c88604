package org.ostraka.engine.tag;

import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AskedKeys;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.operation.ListTagsOfResource;

/** Carries out ListTagsOfResource. Any thread. */
public final class ListTagsOfResourceHandler
    implements OperationHandler<ListTagsOfResource.Request, ListTagsOfResource.Response> {
  private final Gate gate;

  public ListTagsOfResourceHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public ListTagsOfResource.Response handle(Caller caller, ListTagsOfResource.Request request) {
    String resource = request.resourceArn();
    TableRecord table =
        TaggedTable.admit(gate, caller, Action.LIST_TAGS_OF_RESOURCE, resource, AskedKeys.NONE)
            .record();
    return new ListTagsOfResource.Response(TaggedTable.requireServing(table, resource).tags());
  }
}

package org.ostraka.server.wire;

import java.util.Optional;
import org.ostraka.model.ContributorInsightsMode;
import org.ostraka.model.operation.UpdateContributorInsights;

/** UpdateContributorInsights on the wire. Stateless. */
final class UpdateContributorInsightsCodec
    implements OperationCodec<
        UpdateContributorInsights.Request, UpdateContributorInsights.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateContributorInsightsInput",
          Shape.Member.required("TableName", Shapes.TABLE),
          Shape.Member.optional("IndexName", Shapes.TEXT),
          Shape.Member.required(
              "ContributorInsightsAction", new Shape.Text(TextRule.oneOf("ENABLE", "DISABLE"))),
          Shape.Member.optional(
              "ContributorInsightsMode",
              new Shape.Text(TextRule.oneOf("ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS"))));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public UpdateContributorInsights.Request request(Members members, RequestHead head) {
    return new UpdateContributorInsights.Request(
        members.requiredText("TableName"),
        members.text("IndexName"),
        members.requiredText("ContributorInsightsAction").equals("ENABLE"),
        Optional.ofNullable(members.text("ContributorInsightsMode"))
            .map(ContributorInsightsMode::valueOf)
            .orElse(null));
  }

  @Override
  public void response(UpdateContributorInsights.Response response, JsonOutput json) {
    json.writeStringProperty("TableName", response.table().value());
    response.index().ifPresent(name -> json.writeStringProperty("IndexName", name.value()));
    json.writeStringProperty("ContributorInsightsStatus", response.status().name());
    response
        .mode()
        .ifPresent(mode -> json.writeStringProperty("ContributorInsightsMode", mode.name()));
  }
}

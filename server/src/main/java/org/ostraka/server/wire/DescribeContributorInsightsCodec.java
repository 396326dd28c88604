package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeContributorInsights;

/** DescribeContributorInsights on the wire. Stateless. */
final class DescribeContributorInsightsCodec
    implements OperationCodec<
        DescribeContributorInsights.Request, DescribeContributorInsights.Response> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeContributorInsightsInput",
          Shape.Member.required("TableName", Shapes.TABLE),
          // The service checks the length of the name with a text of its own.
          Shape.Member.optional("IndexName", Shapes.TEXT));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public DescribeContributorInsights.Request request(Members members, RequestHead head) {
    return new DescribeContributorInsights.Request(
        members.requiredText("TableName"), members.text("IndexName"));
  }

  @Override
  public void response(DescribeContributorInsights.Response response, JsonOutput json) {
    json.writeStringProperty("TableName", response.table().value());
    response.index().ifPresent(name -> json.writeStringProperty("IndexName", name.value()));
    if (!response.rules().isEmpty()) {
      json.writeName("ContributorInsightsRuleList").writeStartArray();
      response.rules().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeStringProperty("ContributorInsightsStatus", response.status().name());
    response
        .changed()
        .ifPresent(changed -> TableWriter.instant(json, "LastUpdateDateTime", changed));
    response
        .mode()
        .ifPresent(mode -> json.writeStringProperty("ContributorInsightsMode", mode.name()));
  }
}

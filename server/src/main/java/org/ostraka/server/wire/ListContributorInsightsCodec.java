package org.ostraka.server.wire;

import org.ostraka.model.operation.ListContributorInsights;

/** ListContributorInsights on the wire. Stateless. */
final class ListContributorInsightsCodec
    implements OperationCodec<ListContributorInsights.Request, ListContributorInsights.Response> {
  private static final int MAX_RESULTS = 100;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListContributorInsightsInput",
          Shape.Member.optional("TableName", Shapes.TABLE),
          Shape.Member.optional("NextToken", Shapes.TEXT),
          Shape.Member.optional(
              "MaxResults", new Shape.Whole(Shape.Width.INTEGER, Integer.MIN_VALUE, MAX_RESULTS)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ListContributorInsights.Request request(Members members, RequestHead head) {
    return new ListContributorInsights.Request(
        members.text("TableName"), members.text("NextToken"), members.number("MaxResults"));
  }

  @Override
  public void response(ListContributorInsights.Response response, JsonOutput json) {
    json.writeName("ContributorInsightsSummaries").writeStartArray();
    for (ListContributorInsights.Summary each : response.summaries()) {
      json.writeStartObject();
      json.writeStringProperty("TableName", each.table().value());
      each.index().ifPresent(name -> json.writeStringProperty("IndexName", name.value()));
      json.writeStringProperty("ContributorInsightsStatus", each.status().name());
      json.writeStringProperty("ContributorInsightsMode", each.mode().name());
      json.writeEndObject();
    }
    json.writeEndArray();
    response.next().ifPresent(next -> json.writeStringProperty("NextToken", next));
  }
}

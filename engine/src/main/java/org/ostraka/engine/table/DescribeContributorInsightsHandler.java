package org.ostraka.engine.table;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.insight.ContributorInsights.Setting;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ContributorInsightsStatus;
import org.ostraka.model.operation.DescribeContributorInsights;

/** Carries out DescribeContributorInsights. Any thread. */
public final class DescribeContributorInsightsHandler
    implements OperationHandler<
        DescribeContributorInsights.Request, DescribeContributorInsights.Response> {
  private final Gate gate;
  private final Clock clock;

  public DescribeContributorInsightsHandler(Gate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public DescribeContributorInsights.Response handle(
      Caller caller, DescribeContributorInsights.Request request) {
    InsightTarget.requireLength(request.indexName());
    TableRecord record =
        gate.admit(caller, Action.DESCRIBE_CONTRIBUTOR_INSIGHTS, request.tableName()).record();
    InsightTarget target = InsightTarget.of(record.description(), request.indexName());
    Optional<Setting> setting = target.setting(record.insights());
    Instant now = clock.instant();
    return new DescribeContributorInsights.Response(
        target.table().name(),
        target.name(),
        setting
            .map(each -> each.rules(now, target.resource(), target.isSorted()))
            .orElse(List.of()),
        setting.map(each -> each.status(now)).orElse(ContributorInsightsStatus.DISABLED),
        setting.map(Setting::mode),
        setting.map(Setting::changed));
  }
}

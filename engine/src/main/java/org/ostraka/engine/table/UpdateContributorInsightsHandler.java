package org.ostraka.engine.table;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.insight.ContributorInsights.Setting;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ContributorInsightsMode;
import org.ostraka.model.ContributorInsightsStatus;
import org.ostraka.model.operation.UpdateContributorInsights;

/**
 * Carries out UpdateContributorInsights. Any thread.
 *
 * <p>What changes nothing is accepted; ENABLE without a mode goes back to the default mode; another
 * mode goes through ENABLING again and keeps the time in the rules' names; DISABLE ignores the mode
 * (DDB-TABLE-089 to 095 of ack-api-quirks, October 2026).
 */
public final class UpdateContributorInsightsHandler
    implements OperationHandler<
        UpdateContributorInsights.Request, UpdateContributorInsights.Response> {
  private final Gate gate;
  private final Clock clock;
  private final EngineSettings settings;

  public UpdateContributorInsightsHandler(Gate gate, Clock clock, EngineSettings settings) {
    this.gate = gate;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public UpdateContributorInsights.Response handle(
      Caller caller, UpdateContributorInsights.Request request) {
    InsightTarget.requireLength(request.indexName());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AdmittedTable table =
        gate.admit(caller, Action.UPDATE_CONTRIBUTOR_INSIGHTS, request.tableName());
    var _ = table.change(record -> changed(record, request, now));
    TableRecord record = table.record();
    InsightTarget target = InsightTarget.of(record.description(), request.indexName());
    Optional<Setting> setting = target.setting(record.insights());
    return new UpdateContributorInsights.Response(
        target.table().name(),
        target.name(),
        setting.map(each -> each.status(now)).orElse(ContributorInsightsStatus.DISABLED),
        setting.map(Setting::mode));
  }

  private TableRecord changed(
      TableRecord record, UpdateContributorInsights.Request request, Instant now) {
    InsightTarget target = InsightTarget.of(record.description(), request.indexName());
    Optional<Setting> old = target.setting(record.insights());
    return next(old, request, now)
        .map(next -> record.withInsights(record.insights().with(target.name(), next)))
        .orElse(record);
  }

  /** Returns the next setting; empty when the request changes nothing. */
  private Optional<Setting> next(
      Optional<Setting> old, UpdateContributorInsights.Request request, Instant now) {
    boolean wasEnabled = old.filter(Setting::enabled).isPresent();
    Instant settled = now.plus(settings.tableTransition());
    if (!request.enable()) {
      return old.filter(Setting::enabled)
          .map(each -> new Setting(false, each.mode(), each.since(), now, settled));
    }
    ContributorInsightsMode mode =
        Optional.ofNullable(request.mode())
            .orElse(ContributorInsightsMode.ACCESSED_AND_THROTTLED_KEYS);
    if (wasEnabled && old.get().mode() == mode) {
      return Optional.empty();
    }
    Instant since = wasEnabled ? old.get().since() : now;
    return Optional.of(new Setting(true, mode, since, now, settled));
  }
}

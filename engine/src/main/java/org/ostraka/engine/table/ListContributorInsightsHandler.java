package org.ostraka.engine.table;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.insight.ContributorInsights.Setting;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ContributorInsightsStatus;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ListContributorInsights;
import org.ostraka.model.operation.ListContributorInsights.Summary;

/**
 * Carries out ListContributorInsights: each table before its indexes, and nothing that is disabled
 * (DDB-TABLE-095 of ack-api-quirks). Any thread.
 */
public final class ListContributorInsightsHandler
    implements OperationHandler<ListContributorInsights.Request, ListContributorInsights.Response> {
  private static final int PAGE = 100;

  private final Gate gate;
  private final Clock clock;

  public ListContributorInsightsHandler(Gate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public ListContributorInsights.Response handle(
      Caller caller, ListContributorInsights.Request request) {
    String after = after(request.nextToken());
    List<TableRecord> records =
        request.tableName() == null
            ? gate.records(caller, Action.LIST_CONTRIBUTOR_INSIGHTS)
            : List.of(
                gate.admit(caller, Action.LIST_CONTRIBUTOR_INSIGHTS, request.tableName()).record());
    Instant now = clock.instant();
    List<Summary> all = new ArrayList<>();
    records.stream()
        .sorted(Comparator.comparing(record -> record.description().name().value()))
        .forEach(record -> add(all, record, now));
    List<Summary> left = all.stream().filter(each -> place(each).compareTo(after) > 0).toList();
    int limit = Optional.ofNullable(request.maxResults()).filter(wanted -> wanted > 0).orElse(PAGE);
    return left.size() <= limit
        ? new ListContributorInsights.Response(left, Optional.empty())
        : new ListContributorInsights.Response(
            left.subList(0, limit), Optional.of(token(left.get(limit - 1))));
  }

  private static void add(List<Summary> all, TableRecord record, Instant now) {
    for (InsightTarget target : InsightTarget.all(record.description())) {
      Optional<Setting> setting = target.setting(record.insights());
      if (setting.isPresent() && setting.get().status(now) != ContributorInsightsStatus.DISABLED) {
        all.add(
            new Summary(
                target.table().name(),
                target.name(),
                setting.get().status(now),
                setting.get().mode()));
      }
    }
    all.sort(Comparator.comparing(ListContributorInsightsHandler::place));
  }

  /** Returns where a summary stands in the list: no name has this separator. */
  private static String place(Summary summary) {
    return summary.table() + "/" + summary.index().map(Object::toString).orElse("");
  }

  private static String token(Summary last) {
    return HexFormat.of().formatHex(place(last).getBytes(StandardCharsets.UTF_8));
  }

  private static String after(@Nullable String token) {
    try {
      return token == null
          ? ""
          : new String(HexFormat.of().parseHex(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new ValidationException("Invalid NextToken");
    }
  }
}

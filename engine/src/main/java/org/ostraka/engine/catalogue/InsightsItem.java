package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.insight.ContributorInsights;
import org.ostraka.model.ContributorInsightsMode;
import org.ostraka.model.IndexName;

/** Contributor insights as part of a table's record. Part of the format on disk. Stateless. */
final class InsightsItem {
  private static final String INDEX = "index";

  private InsightsItem() {}

  static List<Attributes> of(ContributorInsights insights) {
    List<Attributes> all = new ArrayList<>();
    insights
        .settings()
        .forEach((index, setting) -> {
          Attributes attributes =
              new Attributes()
                  .text("action", setting.enabled() ? "ENABLE" : "DISABLE")
                  .text("mode", setting.mode().name())
                  .instant("since", Optional.of(setting.since()))
                  .instant("changed", Optional.of(setting.changed()))
                  .instant("settled", Optional.of(setting.settled()));
          index.ifPresent(name -> attributes.text(INDEX, name.value()));
          all.add(attributes);
        });
    return all;
  }

  static ContributorInsights insights(List<Attributes> all) {
    Map<Optional<IndexName>, ContributorInsights.Setting> settings = new HashMap<>();
    all.forEach(each -> settings.put(each.optionalText(INDEX).map(IndexName::new), setting(each)));
    return settings.isEmpty() ? ContributorInsights.NONE : new ContributorInsights(settings);
  }

  private static ContributorInsights.Setting setting(Attributes attributes) {
    return new ContributorInsights.Setting(
        attributes.text("action").equals("ENABLE"),
        ContributorInsightsMode.valueOf(attributes.text("mode")),
        moment(attributes, "since"),
        moment(attributes, "changed"),
        moment(attributes, "settled"));
  }

  private static Instant moment(Attributes attributes, String name) {
    return attributes.instant(name).orElseThrow(IllegalArgumentException::new);
  }
}

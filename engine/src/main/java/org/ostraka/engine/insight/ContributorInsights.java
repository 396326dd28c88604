package org.ostraka.engine.insight;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.model.ContributorInsightsMode;
import org.ostraka.model.ContributorInsightsStatus;
import org.ostraka.model.IndexName;

/**
 * Whether contributor insights are collected for a table and each of its global indexes. Immutable.
 *
 * @param settings those of the table, under no name, and of indexes; none where they never were
 */
public record ContributorInsights(Map<Optional<IndexName>, Setting> settings) {
  /** Those of a table for which they never were. */
  public static final ContributorInsights NONE = new ContributorInsights(Map.of());

  public ContributorInsights {
    settings = Map.copyOf(settings);
  }

  /**
   * The setting of a table or an index. Immutable.
   *
   * @param since when the rules were made, which their names have
   * @param changed when it was changed last
   * @param settled when the change is over
   */
  public record Setting(
      boolean enabled,
      ContributorInsightsMode mode,
      Instant since,
      Instant changed,
      Instant settled) {

    /** Returns the status at a moment. */
    public ContributorInsightsStatus status(Instant now) {
      boolean over = !now.isBefore(settled);
      if (enabled) {
        return over ? ContributorInsightsStatus.ENABLED : ContributorInsightsStatus.ENABLING;
      }
      return over ? ContributorInsightsStatus.DISABLED : ContributorInsightsStatus.DISABLING;
    }

    /**
     * Returns the names of the rules at a moment; none when the insights are disabled then.
     * "CloudWatch contributor insights for DynamoDB: How it works" in the Developer Guide.
     *
     * @param resource the name of the table, and of the index behind a hyphen
     * @param sorted whether keys have a sort key
     */
    public List<String> rules(Instant now, String resource, boolean sorted) {
      if (status(now) == ContributorInsightsStatus.DISABLED) {
        return List.of();
      }
      List<String> kinds = new ArrayList<>();
      if (mode == ContributorInsightsMode.ACCESSED_AND_THROTTLED_KEYS) {
        kinds.add("PKC");
        if (sorted) {
          kinds.add("SKC");
        }
      }
      kinds.add("PKT");
      if (sorted) {
        kinds.add("SKT");
      }
      return kinds.stream()
          .map(kind ->
              "DynamoDBContributorInsights-" + kind + "-" + resource + "-" + since.toEpochMilli())
          .toList();
    }

    /** Returns whether accesses are counted, and not only what is throttled. */
    public boolean countsAccesses() {
      return enabled && mode == ContributorInsightsMode.ACCESSED_AND_THROTTLED_KEYS;
    }
  }

  /** Returns the setting of the table, or of an index; empty when there never was one. */
  public Optional<Setting> of(Optional<IndexName> index) {
    return Optional.ofNullable(settings.get(index));
  }

  /** Returns the same with another setting. */
  public ContributorInsights with(Optional<IndexName> index, Setting setting) {
    Map<Optional<IndexName>, Setting> next = new HashMap<>(settings);
    next.put(index, setting);
    return new ContributorInsights(next);
  }

  /** Returns the same without the settings of other indexes. */
  public ContributorInsights keeping(Collection<IndexName> indexes) {
    Map<Optional<IndexName>, Setting> next = new HashMap<>(settings);
    next.keySet().removeIf(index -> index.filter(name -> !indexes.contains(name)).isPresent());
    return next.size() == settings.size() ? this : new ContributorInsights(next);
  }
}

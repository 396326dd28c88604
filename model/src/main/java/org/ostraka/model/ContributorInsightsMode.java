package org.ostraka.model;

/** What contributor insights count, as the API spells it. */
public enum ContributorInsightsMode {
  ACCESSED_AND_THROTTLED_KEYS,
  THROTTLED_KEYS
}

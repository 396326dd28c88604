package org.ostraka.model;

/** The states of contributor insights, as the API spells them; they never fail here. */
public enum ContributorInsightsStatus {
  ENABLING,
  ENABLED,
  DISABLING,
  DISABLED
}

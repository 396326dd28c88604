package org.ostraka.model;

/** How the settings of a global table are replicated, in the words of the API. */
public enum SettingsReplication {
  /** Those that the service can synchronize are the same for all replicas. */
  ENABLED,
  /** None is replicated. */
  DISABLED,
  /** As ENABLED, but a replica may override some: the mode of replicas of one account. */
  ENABLED_WITH_OVERRIDES
}

package org.ostraka.model;

/** Which settings of a global table are kept equal, in the words of the API. */
public enum SettingsReplication {
  /** All of them. */
  ENABLED,
  /** None of them. */
  DISABLED,
  /** All of them, but a replica may override some: the mode of replicas of one account. */
  ENABLED_WITH_OVERRIDES
}

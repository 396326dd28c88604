package org.ostraka.identity.wire;

/** What a policy is attached to, which decides what elements its statements must have. */
public enum PolicyUse {
  /** A user, a group or a role, or a session: no Principal. */
  IDENTITY,
  /** A resource, such as a table: a Principal and a Resource. */
  RESOURCE,
  /** A role, saying who may assume it: a Principal, and no Resource. */
  TRUST
}

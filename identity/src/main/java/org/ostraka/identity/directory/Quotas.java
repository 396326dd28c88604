package org.ostraka.identity.directory;

import java.time.Duration;

/**
 * The limits of an account: "IAM and AWS STS quotas" in the IAM User Guide, the defaults. Texts of
 * policies count without white space.
 */
final class Quotas {
  static final int USERS = 5_000;
  static final int GROUPS = 300;
  static final int ROLES = 1_000;
  static final int POLICIES = 1_500;
  static final int PROVIDERS = 100;
  static final int GROUPS_PER_USER = 10;
  static final int ACCESS_KEYS_PER_USER = 2;
  static final int ATTACHED_POLICIES = 10;
  static final int VERSIONS_PER_POLICY = 5;
  static final int TAGS = 50;
  static final int CLIENT_IDS_PER_PROVIDER = 100;
  static final int THUMBPRINTS_PER_PROVIDER = 5;

  static final int USER_POLICY_CHARACTERS = 2_048;
  static final int GROUP_POLICY_CHARACTERS = 5_120;
  static final int ROLE_POLICY_CHARACTERS = 10_240;
  static final int MANAGED_POLICY_CHARACTERS = 6_144;
  static final int TRUST_POLICY_CHARACTERS = 2_048;

  /** The longest text of a policy, white space included: the API's limit. */
  static final int POLICY_TEXT_CHARACTERS = 131_072;

  static final Duration MIN_SESSION = Duration.ofHours(1);
  static final Duration MAX_SESSION = Duration.ofHours(12);

  private Quotas() {}
}

package org.ostraka.engine.iam;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.engine.directory.Directory;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.NameRules;
import org.ostraka.identity.directory.Role;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.iam.IamException;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.ContextKeys;
import org.ostraka.identity.policy.RequestContext;
import org.ostraka.identity.session.SessionCredentials;
import org.ostraka.identity.session.Sessions;
import org.ostraka.identity.wire.MalformedPolicyException;
import org.ostraka.identity.wire.PolicyTexts;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;
import org.ostraka.model.Tags;

/** Issues temporary credentials: AssumeRole and GetSessionToken of AWS STS. Any thread. */
public final class SecurityTokens {
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws:iam::([0-9]{12}):role(/(?:[!-~]+/)?)([\\w+=,.@-]+)");
  private static final Duration DEFAULT_ROLE_SESSION = Duration.ofHours(1);
  private static final Duration DEFAULT_USER_SESSION = Duration.ofHours(12);
  private static final Duration MAX_ROOT_SESSION = Duration.ofHours(1);
  private static final Duration MAX_CHAINED_SESSION = Duration.ofHours(1);

  /**
   * The most characters of the policies and tags of a session, which its token carries. AWS packs
   * them, and tells only a percentage.
   */
  private static final int MAX_PACKED_CHARS = 4_096;

  private final Directory directory;
  private final Iam iam;
  private final Sessions sessions;

  public SecurityTokens(Directory directory, Iam iam, Sessions sessions) {
    this.directory = directory;
    this.iam = iam;
    this.sessions = sessions;
  }

  /**
   * Begins a session of a role.
   *
   * @throws IamException when the caller may not, or it cannot be as asked
   */
  public AssumedRole assumeRole(Caller caller, SessionRequest request) {
    AccountId owner = accountOf(request.roleArn());
    if (isRoot(caller)) {
      throw IamError.ACCESS_DENIED.because("Roles may not be assumed by root accounts.");
    }
    Iam.found(() -> {
      NameRules.requireTags(request.tags());
      return true;
    });
    Account account = directory.account(owner);
    Optional<Role> found = role(account, request);
    requireTrust(caller, account.id(), request, found);
    Role role =
        found.orElseThrow(
            () -> new IllegalStateException("a role that does not exist trusted someone"));
    return session(account, role, request, lifetime(caller, request, role));
  }

  /** Returns the account that the ARN of a role names. */
  static AccountId accountOf(String roleArn) {
    Matcher arn = ROLE_ARN.matcher(roleArn);
    if (!arn.matches()) {
      throw IamError.VALIDATION_ERROR.because(roleArn + " is invalid");
    }
    return new AccountId(arn.group(1));
  }

  /** Returns the role that a request names. */
  static Optional<Role> role(Account account, SessionRequest request) {
    String name = request.roleArn().substring(request.roleArn().lastIndexOf('/') + 1);
    return account.role(name).filter(role -> role.arn(account.id()).equals(request.roleArn()));
  }

  /** Begins a session of a role that trusts its caller. */
  AssumedRole session(Account account, Role role, SessionRequest request, Duration lifetime) {
    List<String> policies = policies(account, request);
    int packed = requireRoom(policies, request.tags());
    SessionCredentials credentials =
        sessions.issue(
            account.id(),
            key ->
                new Principal.RoleSession(
                    account.id(),
                    key,
                    role.head().id(),
                    role.head().path(),
                    role.head().name(),
                    request.name()),
            lifetime,
            request.tags(),
            policies);
    return new AssumedRole(
        credentials,
        role.head().id() + ":" + request.name(),
        "arn:aws:sts::"
            + account.id()
            + ":assumed-role/"
            + role.head().name()
            + "/"
            + request.name(),
        packed);
  }

  /**
   * Issues temporary credentials for the caller itself, who needs no permission.
   *
   * @throws IamException when the caller has temporary credentials already
   */
  public SessionCredentials sessionToken(Caller caller, Optional<Duration> asked) {
    AccountId account = caller.owner().account();
    return switch (caller.principal()) {
      case Principal.AccessKey _ ->
          // Any credential is taken: a session of it would outlive the first principal.
          throw IamError.ACCESS_DENIED.because(
              "Sessions need a principal: make a user, a root key or a declared account first");
      case Principal.Root _ -> {
        requireLasting(caller);
        Duration lifetime = asked.orElse(MAX_ROOT_SESSION);
        yield sessions.issue(
            account,
            key -> new Principal.Root(account, key),
            lifetime.compareTo(MAX_ROOT_SESSION) > 0 ? MAX_ROOT_SESSION : lifetime,
            Tags.NONE,
            List.of());
      }
      case Principal.User user -> {
        requireLasting(caller);
        yield sessions.issue(
            account,
            key -> new Principal.User(account, key, user.id(), user.path(), user.name()),
            asked.orElse(DEFAULT_USER_SESSION),
            Tags.NONE,
            List.of());
      }
      case Principal.RoleSession _, Principal.FederatedUser _, Principal.Service _ ->
          throw noSessionOfASession();
    };
  }

  private static void requireLasting(Caller caller) {
    if (caller.session().issued().isPresent()) {
      throw noSessionOfASession();
    }
  }

  private static IamException noSessionOfASession() {
    return IamError.ACCESS_DENIED.because("Cannot call GetSessionToken with session credentials");
  }

  private static boolean isRoot(Caller caller) {
    return switch (caller.principal()) {
      case Principal.Root _, Principal.AccessKey _ -> true;
      case Principal.User _,
          Principal.RoleSession _,
          Principal.FederatedUser _,
          Principal.Service _ ->
          false;
    };
  }

  /** A role that does not exist is refused like one that does not trust the caller. */
  private void requireTrust(
      Caller caller, AccountId account, SessionRequest request, Optional<Role> role) {
    Optional<AttachedPolicy> trust =
        role.map(each -> new AttachedPolicy(request.roleArn(), each.trust().document()));
    RequestContext context = context(request);
    List<String> actions =
        request.tags().size() == 0
            ? List.of("sts:AssumeRole")
            : List.of("sts:AssumeRole", "sts:TagSession");
    for (String action : actions) {
      iam.requireTrust(caller, action, request.roleArn(), account, trust, context);
    }
  }

  static RequestContext context(SessionRequest request) {
    Map<String, List<String>> keys = new HashMap<>();
    keys.put("sts:RoleSessionName", List.of(request.name()));
    request.externalId().ifPresent(id -> keys.put("sts:ExternalId", List.of(id)));
    return new ContextKeys(keys).or(Iam.ofTags(request.tags()));
  }

  /** Returns how long a session lasts, which the role bounds. */
  static Duration lifetime(SessionRequest request, Role role) {
    Duration lifetime = request.lifetime().orElse(DEFAULT_ROLE_SESSION);
    if (lifetime.compareTo(role.maxSession()) > 0) {
      throw IamError.VALIDATION_ERROR.because(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    return lifetime;
  }

  private static Duration lifetime(Caller caller, SessionRequest request, Role role) {
    Duration lifetime = lifetime(request, role);
    if (caller.principal() instanceof Principal.RoleSession
        && lifetime.compareTo(MAX_CHAINED_SESSION) > 0) {
      throw IamError.VALIDATION_ERROR.because(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining");
    }
    return lifetime;
  }

  private static List<String> policies(Account account, SessionRequest request) {
    List<String> texts = new ArrayList<>();
    request.policy().ifPresent(text -> texts.add(legal(text)));
    for (String arn : request.policyArns()) {
      texts.add(
          account
              .policy(arn)
              .orElseThrow(() ->
                  IamError.VALIDATION_ERROR.because(
                      "Policy " + arn + " does not exist or is not attachable."))
              .policy()
              .text());
    }
    return texts;
  }

  private static String legal(String text) {
    try {
      return PolicyTexts.read(text, PolicyUse.IDENTITY).text();
    } catch (MalformedPolicyException malformed) {
      throw IamError.MALFORMED_POLICY_DOCUMENT.because(malformed.why());
    }
  }

  private static int requireRoom(List<String> policies, Tags tags) {
    int chars = policies.stream().mapToInt(String::length).sum();
    for (Map.Entry<String, String> tag : tags.byKey().entrySet()) {
      chars += tag.getKey().length() + tag.getValue().length();
    }
    int percent = Math.ceilDiv(chars * 100, MAX_PACKED_CHARS);
    if (percent > 100) {
      throw IamError.PACKED_POLICY_TOO_LARGE.because(
          "Packed policy consumes " + percent + "% of allotted space, please use smaller policy.");
    }
    return percent;
  }
}

package org.ostraka.engine.iam;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.identity.directory.Group;
import org.ostraka.identity.directory.Identity;
import org.ostraka.identity.directory.ManagedPolicy;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.directory.Role;
import org.ostraka.identity.directory.Standing;
import org.ostraka.identity.directory.User;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.AuthorizationRequest;
import org.ostraka.identity.policy.ContextKeys;
import org.ostraka.identity.policy.Evaluator;
import org.ostraka.identity.policy.Explanation;
import org.ostraka.identity.policy.Policies;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.Requester;
import org.ostraka.model.AccountId;

/**
 * Policies and a requester for whom requests are simulated: what would be decided, and why. The
 * evaluator is the one that decides about real requests. Immutable.
 *
 * <p>Policies are known by the names that IAM's simulations give them: a managed policy by its own
 * name, an embedded one by {@code user_NAME_POLICY}, those of a request by {@code
 * PolicyInputList.1}.
 */
public final class Simulation {
  private static final String SESSION = "simulation";

  private final Requester requester;
  private final AccountId owner;
  private final Map<String, PolicyText> identity;
  private final Map<String, PolicyText> boundary;
  private final Map<String, PolicyText> resource;
  private final boolean hasMissingBoundary;
  private final Map<String, List<String>> keys;

  private Simulation(
      Requester requester,
      AccountId owner,
      Map<String, PolicyText> identity,
      Map<String, PolicyText> boundary,
      Map<String, PolicyText> resource,
      boolean hasMissingBoundary,
      Map<String, List<String>> keys) {
    this.requester = requester;
    this.owner = owner;
    this.identity = Collections.unmodifiableMap(new LinkedHashMap<>(identity));
    this.boundary = Map.copyOf(boundary);
    this.resource = Map.copyOf(resource);
    this.hasMissingBoundary = hasMissingBoundary;
    this.keys = Map.copyOf(keys);
  }

  /** Returns a simulation without policies for a user who need not exist. */
  public static Simulation of(AccountId account) {
    return new Simulation(
        new Requester.User(account, "arn:aws:iam::" + account + ":user/" + SESSION),
        account,
        Map.of(),
        Map.of(),
        Map.of(),
        false,
        Map.of());
  }

  /**
   * Returns a simulation for a user, group or role, with its policies and, for a user, those of its
   * groups.
   *
   * @throws DirectoryException when the account has none with this ARN
   */
  public static Simulation of(Account account, String arn) {
    Identity identity =
        account.identities().stream()
            .filter(each -> each.arn(account.id()).equals(arn))
            .findFirst()
            .orElseThrow(() ->
                new DirectoryException(
                    DirectoryException.Code.NO_SUCH_ENTITY,
                    "Entity with ARN " + arn + " does not exist."));
    Standing standing =
        switch (identity) {
          case User user -> Standing.ofUser(account, user);
          case Role role -> Standing.ofRole(account, role, SESSION);
          case Group _ -> Standing.ofNobody(new Requester.User(account.id(), arn));
        };
    Map<String, PolicyText> policies = new LinkedHashMap<>();
    addPolicies(policies, account, identity);
    if (identity instanceof User user) {
      account.groups(user).forEach(group -> addPolicies(policies, account, group));
    }
    Map<String, PolicyText> boundary = new LinkedHashMap<>();
    boundary(identity)
        .flatMap(account::policy)
        .ifPresent(policy -> boundary.put(policy.head().name(), policy.policy()));
    return new Simulation(
        standing.requester(),
        account.id(),
        policies,
        boundary,
        Map.of(),
        boundary(identity).isPresent() && boundary.isEmpty(),
        standing.keys());
  }

  private static Optional<String> boundary(Identity identity) {
    return switch (identity) {
      case User user -> user.boundary();
      case Role role -> role.boundary();
      case Group _ -> Optional.empty();
    };
  }

  private static void addPolicies(
      Map<String, PolicyText> policies, Account account, Identity identity) {
    String begin = identity.key().kind().noun() + "_" + identity.head().name() + "_";
    identity.policies().inline().forEach((name, policy) -> policies.put(begin + name, policy));
    for (String arn : identity.policies().attached()) {
      Optional<ManagedPolicy> policy = account.policy(arn);
      policy.ifPresent(found -> policies.put(found.head().name(), found.policy()));
    }
  }

  /** Returns the same with more policies of the identity. */
  public Simulation withPolicies(String name, List<PolicyText> more) {
    Map<String, PolicyText> all = new LinkedHashMap<>(identity);
    for (int i = 0; i < more.size(); i++) {
      all.put(name + "." + (i + 1), more.get(i));
    }
    return new Simulation(requester, owner, all, boundary, resource, hasMissingBoundary, keys);
  }

  /** Returns the same with this permissions boundary instead. */
  public Simulation withBoundary(String name, PolicyText policy) {
    return new Simulation(requester, owner, identity, Map.of(name, policy), resource, false, keys);
  }

  /** Returns the same with this policy of every resource. */
  public Simulation withResource(String name, PolicyText policy) {
    return new Simulation(
        requester, owner, identity, boundary, Map.of(name, policy), hasMissingBoundary, keys);
  }

  /** Returns the same for a user with this ARN, who need not exist. */
  public Simulation withCaller(AccountId account, String arn) {
    Map<String, List<String>> changed = new HashMap<>(keys);
    changed.put("aws:PrincipalArn", List.of(arn));
    changed.put("aws:PrincipalAccount", List.of(account.value()));
    changed.put("aws:username", List.of(arn.substring(arn.lastIndexOf('/') + 1)));
    return new Simulation(
        new Requester.User(account, arn),
        owner,
        identity,
        boundary,
        resource,
        hasMissingBoundary,
        changed);
  }

  /** Returns the same for resources of this account, unless their ARNs name another. */
  public Simulation withOwner(AccountId account) {
    return new Simulation(
        requester, account, identity, boundary, resource, hasMissingBoundary, keys);
  }

  /** Returns the same with condition keys of the requests, which replace those of the requester. */
  public Simulation withKeys(Map<String, List<String>> more) {
    Map<String, List<String>> all = new HashMap<>(keys);
    more.forEach((key, values) -> {
      all.keySet().removeIf(key::equalsIgnoreCase);
      all.put(key, values);
    });
    return new Simulation(requester, owner, identity, boundary, resource, hasMissingBoundary, all);
  }

  /** Returns what would be decided about a request, and why. */
  public Explanation explain(String action, String resourceArn) {
    return Evaluator.explain(
        new AuthorizationRequest(
            requester, action, resourceArn, ownerOf(resourceArn), new ContextKeys(keys)),
        new Policies(
            attached(identity),
            hasMissingBoundary ? Optional.of(nothing()) : attached(boundary).stream().findFirst(),
            List.of(),
            attached(resource).stream().findFirst()));
  }

  /** A boundary that does not exist allows nothing. */
  private static AttachedPolicy nothing() {
    return new AttachedPolicy(
        "absent", new PolicyDocument(Optional.empty(), Optional.empty(), List.of()));
  }

  private AccountId ownerOf(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 && AccountId.isLegal(parts[4]) ? new AccountId(parts[4]) : owner;
  }

  private static List<AttachedPolicy> attached(Map<String, PolicyText> policies) {
    return policies.entrySet().stream()
        .map(each -> new AttachedPolicy(each.getKey(), each.getValue().document()))
        .toList();
  }

  /** Returns the text of a policy by its name. */
  public Optional<String> text(String name) {
    return List.of(identity, boundary, resource).stream()
        .flatMap(policies -> Optional.ofNullable(policies.get(name)).stream())
        .findFirst()
        .map(PolicyText::text);
  }

  /** Returns the names of the condition keys that the policies ask for. */
  public List<String> contextKeys() {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    List<String> all = new ArrayList<>();
    for (Map<String, PolicyText> policies : List.of(identity, boundary, resource)) {
      for (PolicyText policy : policies.values()) {
        policy.document().contextKeys().stream().filter(seen::add).forEach(all::add);
      }
    }
    return all;
  }

  /** Returns those of the condition keys that requests do not have. */
  public List<String> missingKeys() {
    ContextKeys present = new ContextKeys(keys);
    return contextKeys().stream().filter(key -> present.values(key).isEmpty()).toList();
  }
}

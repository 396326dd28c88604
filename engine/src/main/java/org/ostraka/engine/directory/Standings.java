package org.ostraka.engine.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.identity.directory.Standing;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.Requester;
import org.ostraka.identity.wire.PolicyReader;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;
import org.ostraka.model.Session;

/** What policies know of callers, by the directory as it is now. Any thread. */
public final class Standings {
  /** The number of session policies that are kept as they were read. */
  private static final int SESSION_POLICIES = 1_000;

  private final Optional<Directory> directory;
  private final Cache<String, PolicyDocument> sessionPolicies =
      Caffeine.newBuilder().maximumSize(SESSION_POLICIES).build();

  private Standings(Optional<Directory> directory) {
    this.directory = directory;
  }

  /**
   * Returns those of a server without a directory: every caller is the root user of its account.
   */
  public static Standings ofRoots() {
    return new Standings(Optional.empty());
  }

  public static Standings of(Directory directory) {
    return new Standings(Optional.of(directory));
  }

  /** Returns the standing of a caller who is no service. */
  public Standing of(Caller caller) {
    return limited(
        switch (caller.principal()) {
          case Principal.AccessKey _ -> Standing.ofRoot(caller.owner().account());
          case Principal.Root(AccountId account, String _) -> Standing.ofRoot(account);
          case Principal.User user ->
              account(user.account())
                  .flatMap(account -> account.standingOfUser(user.id()))
                  .orElseGet(() -> Standing.ofNobody(nobody(user)));
          case Principal.RoleSession role ->
              account(role.account())
                  .flatMap(account ->
                      account
                          .role(role.roleId())
                          .map(each -> Standing.ofRole(account.account(), each, role.session())))
                  .orElseGet(() -> Standing.ofNobody(nobody(role)));
          case Principal.FederatedUser federated ->
              account(federated.account())
                  .flatMap(account ->
                      account
                          .user(federated.userId())
                          .map(each ->
                              Standing.ofFederated(account.account(), each, federated.name())))
                  .orElseGet(() -> Standing.ofNobody(nobody(federated)));
          case Principal.Service(String name) -> Standing.ofNobody(new Requester.Service(name));
        },
        caller);
  }

  private Optional<OpenAccount> account(AccountId id) {
    return directory.map(each -> each.current(id));
  }

  private Standing limited(Standing standing, Caller caller) {
    Session session = caller.session();
    if (session.equals(Session.NONE)) {
      return standing;
    }
    List<AttachedPolicy> limits = new ArrayList<>();
    for (String text : session.policies()) {
      limits.add(
          new AttachedPolicy(
              "session policy",
              sessionPolicies.get(text, each -> PolicyReader.read(each, PolicyUse.IDENTITY))));
    }
    Map<String, List<String>> keys = new HashMap<>();
    session.issued().ifPresent(time -> keys.put("aws:TokenIssueTime", List.of(time.toString())));
    return standing.withTags(session.tags()).withKeys(keys).withSession(limits);
  }

  private static Requester nobody(Principal.User user) {
    return new Requester.User(
        user.account(), "arn:aws:iam::" + user.account() + ":user" + user.path() + user.name());
  }

  private static Requester nobody(Principal.RoleSession role) {
    return new Requester.RoleSession(
        role.account(),
        "arn:aws:iam::" + role.account() + ":role" + role.path() + role.role(),
        "arn:aws:sts::" + role.account() + ":assumed-role/" + role.role() + "/" + role.session());
  }

  private static Requester nobody(Principal.FederatedUser user) {
    return new Requester.FederatedUser(
        user.account(),
        "arn:aws:iam::" + user.account() + ":user" + user.path() + user.user(),
        "arn:aws:sts::" + user.account() + ":federated-user/" + user.name());
  }
}

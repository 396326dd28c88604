package org.ostraka.identity.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ostraka.model.AccountId;

/**
 * Whom a statement applies to. Immutable.
 *
 * @param negated whether these are all but the named ones (NotPrincipal)
 */
public record Principals(boolean negated, List<PrincipalName> names) {
  public Principals {
    names = List.copyOf(names);
  }

  /**
   * Returns by what the statement applies to the requester; empty when it does not.
   *
   * <p>A NotPrincipal that denies must name the requester and its account, role or user to spare
   * it; one that allows passes over a requester that is named in any way: "AWS JSON policy
   * elements: NotPrincipal".
   */
  Set<Grant> grants(Requester requester, Effect effect) {
    Set<Grant> named = named(requester);
    if (!negated) {
      return named;
    }
    boolean applies =
        effect == Effect.DENY ? !named.containsAll(requester.levels()) : named.isEmpty();
    return applies ? EnumSet.of(Grant.TO_IDENTITY) : EnumSet.noneOf(Grant.class);
  }

  private Set<Grant> named(Requester requester) {
    Set<Grant> grants = EnumSet.noneOf(Grant.class);
    for (PrincipalName name : names) {
      if (name.isEveryone()) {
        return EnumSet.allOf(Grant.class);
      }
      if (name.kind() == PrincipalKind.SERVICE) {
        if (requester instanceof Requester.Service(String service) && service.equals(name.text())) {
          grants.add(Grant.TO_IDENTITY);
        }
      } else if (name.kind() == PrincipalKind.FEDERATED) {
        if (requester instanceof Requester.WebIdentity(AccountId _, String provider)
            && provider.equals(name.text())) {
          grants.add(Grant.TO_IDENTITY);
        }
      } else if (name.kind() == PrincipalKind.AWS
          && !(requester instanceof Requester.WebIdentity)) {
        addGrants(grants, name, requester);
      }
    }
    return grants;
  }

  private static void addGrants(Set<Grant> grants, PrincipalName name, Requester requester) {
    if (name.account().isPresent()) {
      if (name.account().equals(requester.account())) {
        grants.add(Grant.TO_ACCOUNT);
      }
    } else if (name.text().equals(requester.arn())) {
      grants.add(Grant.TO_IDENTITY);
    } else if (requester.sourceArn().filter(name.text()::equals).isPresent()) {
      grants.add(Grant.TO_SOURCE);
    }
  }
}

package org.ostraka.model;

/**
 * The namespace of tables: tables belong to one account in one region, and their names are unique
 * there. Immutable.
 */
public record Owner(AccountId account, Region region) {
  // A request looks its table up several times: the generated methods take longer than these two.

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Owner owner
            && account.value().equals(owner.account.value())
            && region.value().equals(owner.region.value()));
  }

  @Override
  public int hashCode() {
    return 31 * account.value().hashCode() + region.value().hashCode();
  }
}

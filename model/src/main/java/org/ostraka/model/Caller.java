package org.ostraka.model;

/**
 * The sender of a request, and the owner of the tables that it names. Immutable.
 *
 * @param principal the sender
 * @param owner the namespace of tables that the request names without an account or a region
 * @param session what the sender's temporary credentials say
 * @param origin where the request comes from
 */
public record Caller(Principal principal, Owner owner, Session session, Origin origin) {
  /** Makes a caller of whose request nothing else is known. */
  public Caller(Principal principal, Owner owner, Session session) {
    this(principal, owner, session, Origin.UNKNOWN);
  }

  /** Makes a caller without temporary credentials. */
  public Caller(Principal principal, Owner owner) {
    this(principal, owner, Session.NONE);
  }
}

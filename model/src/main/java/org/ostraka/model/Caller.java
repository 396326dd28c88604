package org.ostraka.model;

/**
 * The sender of a request, and the owner of the tables that it names. Immutable.
 *
 * @param principal the sender
 * @param owner the namespace of tables that the request names without an account or a region
 */
public record Caller(Principal principal, Owner owner) {}

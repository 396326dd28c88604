package org.ostraka.model;

/**
 * Who makes a request, and whose tables it names. Immutable.
 *
 * @param principal who asks
 * @param owner the namespace of tables that the request names without an account or a region
 */
public record Caller(Principal principal, Owner owner) {}

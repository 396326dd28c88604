package org.ostraka.server.auth;

import org.ostraka.identity.signature.Secret;

/** A root key that the server has made, whose secret is shown once. Immutable. */
public record NewRootKey(String id, Secret secret) {}

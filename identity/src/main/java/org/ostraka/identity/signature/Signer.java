package org.ostraka.identity.signature;

import org.ostraka.model.Region;

/**
 * The verified sender of a request. Immutable.
 *
 * @param key the access key that signed the request
 * @param region the region that the request is for
 */
public record Signer(AccessKey key, Region region) {}

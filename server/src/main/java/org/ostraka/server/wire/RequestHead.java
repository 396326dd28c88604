package org.ostraka.server.wire;

/**
 * What an operation may need to know of a request beside its body. Immutable.
 *
 * @param host the host, and the port if it was given, that the caller addressed
 */
public record RequestHead(String host) {}

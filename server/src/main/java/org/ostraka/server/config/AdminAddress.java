package org.ostraka.server.config;

import java.net.InetAddress;

/**
 * Where the admin listener is. Immutable.
 *
 * @param port the port, 0 for a free one
 */
public record AdminAddress(InetAddress host, int port) {}

/**
 * HTTP/1.1 for the service: reads bytes from a socket as an {@link HttpRequest}, and writes an
 * {@link HttpResponse} as bytes. The only package that uses Helidon; the API is behind {@link
 * HttpEndpoint}.
 */
@NullMarked
package org.ostraka.server.http;

import org.jspecify.annotations.NullMarked;

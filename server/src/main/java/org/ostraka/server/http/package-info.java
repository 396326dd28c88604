/**
 * HTTP/1.1 for the service: bytes on a socket become an {@link HttpRequest}, an {@link
 * HttpResponse} becomes bytes. The only package that knows Helidon; what the API means is decided
 * behind {@link HttpEndpoint}.
 */
@NullMarked
package org.ostraka.server.http;

import org.jspecify.annotations.NullMarked;

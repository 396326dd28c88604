/** Certificates and keys of TLS: read from files, checked, and read again when they change. */
@NullMarked
package org.ostraka.server.tls;

import org.jspecify.annotations.NullMarked;

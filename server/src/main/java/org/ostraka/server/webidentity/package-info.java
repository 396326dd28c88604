/** Tokens of OpenID Connect providers: their signatures, and the providers' keys. */
@NullMarked
package org.ostraka.server.webidentity;

import org.jspecify.annotations.NullMarked;

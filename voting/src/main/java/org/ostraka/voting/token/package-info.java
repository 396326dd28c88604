/** Tokens of OpenID Connect providers: from a request to a voter. */
@NullMarked
package org.ostraka.voting.token;

import org.jspecify.annotations.NullMarked;

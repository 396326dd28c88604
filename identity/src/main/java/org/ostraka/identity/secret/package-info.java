/** Secrets at rest: the master key, and what is sealed under it. */
@NullMarked
package org.ostraka.identity.secret;

import org.jspecify.annotations.NullMarked;

/** Who calls, and for which region. */
@NullMarked
package org.ostraka.server.auth;

import org.jspecify.annotations.NullMarked;

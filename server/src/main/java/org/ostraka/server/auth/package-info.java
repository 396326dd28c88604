/** Who calls, and for which region: with verified signatures, or without. */
@NullMarked
package org.ostraka.server.auth;

import org.jspecify.annotations.NullMarked;

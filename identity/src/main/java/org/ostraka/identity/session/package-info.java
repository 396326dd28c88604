/** Sessions: temporary credentials whose tokens say everything about them. */
@NullMarked
package org.ostraka.identity.session;

import org.jspecify.annotations.NullMarked;

/** Master keys that stay in a key service. */
@NullMarked
package org.ostraka.server.masterkey;

import org.jspecify.annotations.NullMarked;

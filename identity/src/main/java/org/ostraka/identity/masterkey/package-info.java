/** Master keys that stay in a key service. */
@NullMarked
package org.ostraka.identity.masterkey;

import org.jspecify.annotations.NullMarked;

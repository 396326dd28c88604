/** The JSON of policies; the only package of the module that uses the JSON library. */
@NullMarked
package org.ostraka.identity.wire;

import org.jspecify.annotations.NullMarked;

/** The JSON of exported items and of manifests. */
@NullMarked
package org.ostraka.transfer.wire;

import org.jspecify.annotations.NullMarked;

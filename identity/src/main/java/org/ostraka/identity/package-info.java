/** Signatures, principals and policies: from a request to a yes or a no. */
@NullMarked
package org.ostraka.identity;

import org.jspecify.annotations.NullMarked;

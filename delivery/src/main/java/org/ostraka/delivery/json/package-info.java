/** JSON values as objects; which texts they come from is known to the wire package. */
@NullMarked
package org.ostraka.delivery.json;

import org.jspecify.annotations.NullMarked;

/** The condition keys of requests for items, by which policies limit what callers reach. */
@NullMarked
package org.ostraka.engine.condition;

import org.jspecify.annotations.NullMarked;

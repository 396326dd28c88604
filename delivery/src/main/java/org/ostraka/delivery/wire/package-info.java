/**
 * The JSON of events, of answers of functions, and of the configuration; the only package here that
 * uses the JSON library.
 */
@NullMarked
package org.ostraka.delivery.wire;

import org.jspecify.annotations.NullMarked;

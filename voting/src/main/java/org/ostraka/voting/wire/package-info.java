/**
 * The JSON of the HTTP interface; the only package of the voting system that uses the JSON library.
 */
@NullMarked
package org.ostraka.voting.wire;

import org.jspecify.annotations.NullMarked;

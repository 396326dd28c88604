/**
 * Commands, their options and help texts. Each option is declared once, with the type of its value,
 * and read with that type.
 */
@NullMarked
package org.ostraka.options;

import org.jspecify.annotations.NullMarked;

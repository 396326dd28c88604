/**
 * Commands, their options and help texts. Every option is named once, with what its value is; what
 * was given for it is read with its type.
 */
@NullMarked
package org.ostraka.options;

import org.jspecify.annotations.NullMarked;

/** The command line. */
@NullMarked
package org.ostraka.cli;

import org.jspecify.annotations.NullMarked;

/** The program {@code ostraka}: its commands, and the configuration of its log. */
@NullMarked
package org.ostraka.cli;

import org.jspecify.annotations.NullMarked;

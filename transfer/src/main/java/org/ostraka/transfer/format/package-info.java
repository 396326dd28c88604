/** How items are written in files and read from them, whatever the format. */
@NullMarked
package org.ostraka.transfer.format;

import org.jspecify.annotations.NullMarked;

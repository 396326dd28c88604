/** The directory of principals as it is stored, and as requests use it. */
@NullMarked
package org.ostraka.engine.directory;

import org.jspecify.annotations.NullMarked;

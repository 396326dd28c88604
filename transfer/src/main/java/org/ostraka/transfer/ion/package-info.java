/** Exported items as Amazon Ion; the only package that uses the Ion library. */
@NullMarked
package org.ostraka.transfer.ion;

import org.jspecify.annotations.NullMarked;

/** Test code that several modules share, in the packages below. */
@NullMarked
package org.ostraka.testkit;

import org.jspecify.annotations.NullMarked;

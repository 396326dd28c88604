/** Random tests that can be repeated from a seed and that shrink what fails to something short. */
@NullMarked
package org.ostraka.testkit.random;

import org.jspecify.annotations.NullMarked;

/**
 * Recorded concurrent histories, and checkers that say whether a correct store could have answered
 * so.
 */
@NullMarked
package org.ostraka.testkit.history;

import org.jspecify.annotations.NullMarked;

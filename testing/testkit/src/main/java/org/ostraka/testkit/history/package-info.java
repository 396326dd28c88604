/**
 * Recorded histories of concurrent clients, and checkers that decide whether a correct store could
 * have given these answers.
 */
@NullMarked
package org.ostraka.testkit.history;

import org.jspecify.annotations.NullMarked;

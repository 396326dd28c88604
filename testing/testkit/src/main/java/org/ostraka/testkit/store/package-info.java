/** The contract that every store passes, and what it takes to put a store under test. */
@NullMarked
package org.ostraka.testkit.store;

import org.jspecify.annotations.NullMarked;

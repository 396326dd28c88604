/** The contract that every store passes, and the fixture that puts a store under test. */
@NullMarked
package org.ostraka.testkit.store;

import org.jspecify.annotations.NullMarked;

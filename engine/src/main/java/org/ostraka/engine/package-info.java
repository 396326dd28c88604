/** What the API means: {@code Engine} builds a handler for each operation, over any store. */
@NullMarked
package org.ostraka.engine;

import org.jspecify.annotations.NullMarked;

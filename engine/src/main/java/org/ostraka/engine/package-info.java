/** What the API means: one handler for each operation, over any store. */
@NullMarked
package org.ostraka.engine;

import org.jspecify.annotations.NullMarked;

/** Contributor insights: which keys of a table or index are accessed and throttled most. */
@NullMarked
package org.ostraka.engine.insight;

import org.jspecify.annotations.NullMarked;

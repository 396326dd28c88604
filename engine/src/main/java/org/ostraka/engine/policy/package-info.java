/** The operations on resource-based policies of tables and streams, and the rules for them. */
@NullMarked
package org.ostraka.engine.policy;

import org.jspecify.annotations.NullMarked;

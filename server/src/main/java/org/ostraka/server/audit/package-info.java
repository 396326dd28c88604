/**
 * The audit log: who asked for what, in a chain of lines that shows what was removed or changed.
 */
@NullMarked
package org.ostraka.server.audit;

import org.jspecify.annotations.NullMarked;

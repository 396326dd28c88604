/** The errors of callers: one final class per error name of the API. */
@NullMarked
package org.ostraka.model.error;

import org.jspecify.annotations.NullMarked;

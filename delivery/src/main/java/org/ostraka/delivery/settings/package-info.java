/** Triggers and sinks as the operator configures them, and the rules for their settings. */
@NullMarked
package org.ostraka.delivery.settings;

import org.jspecify.annotations.NullMarked;

/** The settings that an operator chooses. */
@NullMarked
package org.ostraka.server.config;

import org.jspecify.annotations.NullMarked;

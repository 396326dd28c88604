/** What an operator may choose. */
@NullMarked
package org.ostraka.server.config;

import org.jspecify.annotations.NullMarked;

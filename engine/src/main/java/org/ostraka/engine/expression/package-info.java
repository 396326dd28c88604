/**
 * The expressions of requests: read once, cached, and bound to what their placeholders stand for.
 */
@NullMarked
package org.ostraka.engine.expression;

import org.jspecify.annotations.NullMarked;

/**
 * What the admin listener answers: metrics for Prometheus, and whether the server lives and is
 * ready; the only package that uses the metrics library (decision 53).
 */
@NullMarked
package org.ostraka.server.admin;

import org.jspecify.annotations.NullMarked;

/** CloudWatch's metric math: expressions over time series. */
@NullMarked
package org.ostraka.engine.cloudwatch.math;

import org.jspecify.annotations.NullMarked;

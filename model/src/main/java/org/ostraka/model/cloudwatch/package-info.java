/** The vocabulary of CloudWatch: metrics, and the operations that read them. */
@NullMarked
package org.ostraka.model.cloudwatch;

import org.jspecify.annotations.NullMarked;

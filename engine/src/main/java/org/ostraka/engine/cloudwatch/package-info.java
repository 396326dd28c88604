/** What metrics were in the last days, and the operations of CloudWatch that read them. */
@NullMarked
package org.ostraka.engine.cloudwatch;

import org.jspecify.annotations.NullMarked;

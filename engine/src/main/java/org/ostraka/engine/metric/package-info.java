/** What is counted of each table while it is used, by CloudWatch's metrics of DynamoDB. */
@NullMarked
package org.ostraka.engine.metric;

import org.jspecify.annotations.NullMarked;

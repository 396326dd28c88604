/**
 * Copies a table from one DynamoDB endpoint to another: a scan, the tail of the stream, a check.
 */
@NullMarked
package org.ostraka.cli.copy;

import org.jspecify.annotations.NullMarked;

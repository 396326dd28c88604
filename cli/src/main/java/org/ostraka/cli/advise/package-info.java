/** The advisor: what a workload costs on DynamoDB, which engine fits it, and what Ostraka needs. */
@NullMarked
package org.ostraka.cli.advise;

import org.jspecify.annotations.NullMarked;

/** What the command line needs of the library for Parquet and SQL, which is not always there. */
@NullMarked
package org.ostraka.cli.analytics;

import org.jspecify.annotations.NullMarked;

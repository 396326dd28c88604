/** Parquet files of items, and SQL over them, by DuckDB; the only package that knows it. */
@NullMarked
package org.ostraka.analytics;

import org.jspecify.annotations.NullMarked;

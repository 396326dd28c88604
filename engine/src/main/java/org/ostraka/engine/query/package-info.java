/** Queries and scans: which rows they read, page by page, and what is returned of them. */
@NullMarked
package org.ostraka.engine.query;

import org.jspecify.annotations.NullMarked;

/** Queries and scans: which rows they read, page by page, and what they return of them. */
@NullMarked
package org.ostraka.engine.query;

import org.jspecify.annotations.NullMarked;

package org.ostraka.model.scaling;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for. Immutable.
 *
 * @param maxResults the most entries of a page, 1 to 50; absent for 50
 * @param nextToken the token of the page before; absent for the first page
 */
public record Paging(@Nullable Integer maxResults, @Nullable String nextToken) {}

package org.ostraka.expression.partiql;

import java.util.Optional;

/**
 * The place that a statement reads: a table, by its name or ARN, or one of its indexes. Immutable.
 *
 * @param table the name or ARN as the statement spells it, which may be illegal
 */
public record Source(String table, Optional<String> index) {}

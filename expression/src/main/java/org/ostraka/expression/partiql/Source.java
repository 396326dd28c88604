package org.ostraka.expression.partiql;

import java.util.Optional;

/**
 * Where a statement reads: a table, by its name or ARN, or one of its indexes. Immutable.
 *
 * @param table as the statement has it, which may be no legal name
 */
public record Source(String table, Optional<String> index) {}

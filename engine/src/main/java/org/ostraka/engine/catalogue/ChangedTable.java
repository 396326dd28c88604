package org.ostraka.engine.catalogue;

import org.ostraka.model.TableSize;

/** A table right after a change of its record. Immutable. */
public record ChangedTable(TableRecord stored, TableSize size) {}

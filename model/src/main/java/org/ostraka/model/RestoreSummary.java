package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a table is being restored from. Immutable.
 *
 * @param backupArn the backup; absent when the table is restored to a point in time
 * @param source the table that was backed up
 * @param moment the time of the state that is restored
 */
public record RestoreSummary(Optional<String> backupArn, TableArn source, Instant moment) {}

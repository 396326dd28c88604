package org.ostraka.storage.encryption;

import java.util.Optional;

/**
 * The master key that a table chose for its spaces. Immutable.
 *
 * @param arn the ARN of the table's own key; empty for the server's master key
 */
public record KeyChoice(Optional<String> arn) {}

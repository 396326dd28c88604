package org.ostraka.model;

import java.util.Optional;

/**
 * The encryption of a table with a key of its own choice, as DescribeTable reports it: the API's
 * SSEDescription. Immutable.
 *
 * @param keyArn the key; absent while a table that had none gets one
 * @param isUpdating whether the key is being changed
 */
public record EncryptionDescription(Optional<String> keyArn, boolean isUpdating) {}

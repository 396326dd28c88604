package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/**
 * The requested encryption of a table: the API's SSESpecification. Immutable.
 *
 * @param type AES256 or KMS
 * @param keyId the id, ARN or alias of a key
 */
public record EncryptionSpecification(
    @Nullable Boolean enabled, @Nullable String type, @Nullable String keyId) {}

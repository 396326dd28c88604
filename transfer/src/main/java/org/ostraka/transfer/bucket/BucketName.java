package org.ostraka.transfer.bucket;

import java.util.Optional;

/**
 * A bucket as a request names it. Immutable.
 *
 * @param expectedOwner the account that must own the bucket; absent when that does not matter
 */
public record BucketName(String name, Optional<String> expectedOwner) {}

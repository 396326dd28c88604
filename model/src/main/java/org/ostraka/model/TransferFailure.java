package org.ostraka.model;

/**
 * Why an export or import failed, as the API shows it. Immutable.
 *
 * @param code the name of the failure, such as {@code S3NoSuchBucket}
 */
public record TransferFailure(String code, String message) {}

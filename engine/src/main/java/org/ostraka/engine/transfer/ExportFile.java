package org.ostraka.engine.transfer;

/**
 * A file of an export, as its manifest lists it. Immutable.
 *
 * @param number its place in the manifest
 * @param md5 the MD5 of the object in Base64
 * @param etag the ETag that the bucket gave it
 */
public record ExportFile(long number, String key, long items, String md5, String etag) {}

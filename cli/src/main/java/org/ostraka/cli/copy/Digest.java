package org.ostraka.cli.copy;

/** 128 bits of the SHA-256 of an item or a key. Immutable. */
record Digest(long high, long low) {}

package org.ostraka.model;

/**
 * On whose behalf, and in which region, a request is made. Tables belong to one account in one
 * region. Immutable.
 */
public record Caller(AccountId account, Region region) {}

package org.ostraka.model;

/**
 * The namespace of tables: tables belong to one account in one region, and their names are unique
 * there. Immutable.
 */
public record Owner(AccountId account, Region region) {}

/**
 * The directory: accounts with their users, groups, roles, policies, identity providers and access
 * keys, as records, and the rules for changing them. No store and no JSON.
 */
@NullMarked
package org.ostraka.identity.directory;

import org.jspecify.annotations.NullMarked;

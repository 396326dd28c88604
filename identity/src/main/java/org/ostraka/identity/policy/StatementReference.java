package org.ostraka.identity.policy;

import java.util.Optional;

/**
 * Names a statement. Immutable.
 *
 * @param policy the name of its policy
 * @param index its place in the policy, from 0
 */
public record StatementReference(String policy, int index, Optional<String> sid) {}

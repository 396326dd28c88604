package org.ostraka.engine.gate;

import java.util.Optional;
import java.util.function.Predicate;
import org.ostraka.identity.policy.PolicyDocument;

/**
 * A table or stream whose policy a caller may read or change, and which need not exist. Immutable.
 *
 * @param table the table, or that of the stream
 * @param stream the stream; absent for the table itself
 * @param label the stream's label; absent for the table itself
 * @param keepsControl tells whether the caller may still change the policy when it is another one
 */
public record AdmittedPolicy(
    AdmittedTable table,
    Optional<AdmittedStream> stream,
    Optional<String> label,
    Predicate<PolicyDocument> keepsControl) {}

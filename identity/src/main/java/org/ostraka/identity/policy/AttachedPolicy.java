package org.ostraka.identity.policy;

/**
 * A policy with the name by which its owner knows it. Immutable.
 *
 * @param name the policy's name or ARN, or the ARN of the resource that has it
 */
public record AttachedPolicy(String name, PolicyDocument document) {}

package org.ostraka.expression;

/**
 * An expression whose text was found to be well formed, and which can be used with any
 * placeholders: what is worth keeping in a cache. Immutable.
 */
public sealed interface ParsedExpression permits ParsedCondition, ParsedProjection, ParsedUpdate {
  /** The placeholders of its text. */
  PlaceholderUse placeholders();
}

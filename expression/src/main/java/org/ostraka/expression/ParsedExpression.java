package org.ostraka.expression;

/**
 * An expression whose text is well formed, and which can be used with any placeholders, so that it
 * can be cached. Immutable.
 */
public sealed interface ParsedExpression permits ParsedCondition, ParsedProjection, ParsedUpdate {
  /** Returns the placeholders of its text. */
  PlaceholderUse placeholders();
}

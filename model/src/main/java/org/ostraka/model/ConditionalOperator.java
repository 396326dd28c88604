package org.ostraka.model;

/** The operators that join the conditions of the older request form. */
public enum ConditionalOperator {
  AND,
  OR
}

package org.ostraka.model;

/** What joins the conditions of the older request form. */
public enum ConditionalOperator {
  AND,
  OR
}
